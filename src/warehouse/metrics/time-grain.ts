import { countDays, fromDayNumber, toDayNumber, type IsoDate } from "../../core/dates.ts";
import type { TimeGrain } from "./metric-result.ts";

/** First and last day, both included. */
export interface DayWindow {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** The grain a window is readable at: days to 92 days, weeks to 400, months beyond. */
export function chooseTimeGrain(window: DayWindow): TimeGrain {
  const days = countDays(window.from, window.to);
  if (days <= 92) return "day";
  return days <= 400 ? "week" : "month";
}

/** The day, ISO week (Monday to Sunday) or month that holds a day. */
export function periodOf(day: IsoDate, grain: TimeGrain): DayWindow {
  if (grain === "day") return { from: day, to: day };
  if (grain === "week") {
    // Day 0 was a Thursday, so day number + 3 counts from a Monday.
    const monday = toDayNumber(day) - ((((toDayNumber(day) + 3) % 7) + 7) % 7);
    return { from: fromDayNumber(monday), to: fromDayNumber(monday + 6) };
  }
  const first = `${day.slice(0, 7)}-01`;
  const nextMonth = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 1));
  return { from: first, to: fromDayNumber(nextMonth.getTime() / 86_400_000 - 1) };
}

/** Every period that touches the window, in order. */
export function listPeriods(window: DayWindow, grain: TimeGrain): DayWindow[] {
  const periods: DayWindow[] = [];
  for (let day = window.from; day <= window.to;) {
    const period = periodOf(day, grain);
    periods.push(period);
    day = fromDayNumber(toDayNumber(period.to) + 1);
  }
  return periods;
}

/** The common days of two windows; undefined when there are none. */
export function intersect(left: DayWindow, right: DayWindow): DayWindow | undefined {
  const from = left.from > right.from ? left.from : right.from;
  const to = left.to < right.to ? left.to : right.to;
  return from <= to ? { from, to } : undefined;
}

export function contains(outer: DayWindow, inner: DayWindow): boolean {
  return outer.from <= inner.from && inner.to <= outer.to;
}

/** From the earliest first to the latest last day; undefined of no windows. */
export function unite(windows: readonly DayWindow[]): DayWindow | undefined {
  const from = windows.map((window) => window.from).sort()[0];
  const to = windows
    .map((window) => window.to)
    .sort()
    .at(-1);
  return from === undefined || to === undefined ? undefined : { from, to };
}
