import type { IsoDate } from "../api-types.ts";
import type { DateChoice, TimeGrain } from "./page-state.ts";

const DAY_MS = 86_400_000;
const PRESET_DAYS: Readonly<Record<string, number>> = {
  "last-7-days": 7,
  "last-28-days": 28,
  "last-90-days": 90,
  "last-365-days": 365,
};

/** First and last day, both included. */
export interface DayWindow {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** The days a choice stands for, counted back from the last day of data; undefined means as far as the data goes. */
export function resolveWindow(dates: DateChoice, lastDay: IsoDate | null): DayWindow | undefined {
  if (dates.preset === "custom") return { from: dates.from, to: dates.to };
  const days = PRESET_DAYS[dates.preset];
  return days === undefined || lastDay === null ? undefined : { from: addDays(lastDay, 1 - days), to: lastDay };
}

/** The grain at which a window reads best: a month by days, a year by weeks, more by months. */
export function chooseGrain(window: DayWindow | undefined): TimeGrain {
  if (window === undefined) return "month";
  if (window.to <= addDays(window.from, 34)) return "day";
  return window.to <= addDays(window.from, 400) ? "week" : "month";
}

export function addDays(day: IsoDate, count: number): IsoDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** Whether data that ends on `lastDay` is older than its daily rebuild allows: two days. */
export function isStale(lastDay: IsoDate, today: IsoDate): boolean {
  return lastDay < addDays(today, -2);
}
