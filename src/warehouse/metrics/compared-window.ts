import { addDays, countDays, isIsoDate, type IsoDate } from "../../core/dates.ts";
import type { Comparison } from "./metric-query.ts";
import type { DayWindow } from "./time-grain.ts";

/** How far back a compared window lies. */
export interface Shift {
  readonly days: number;
  readonly years: number;
}

/** previous-period: as many days, right before. previous-year: the same calendar days a year earlier. */
export function findShift(window: DayWindow, compare: Exclude<Comparison, "none">): Shift {
  return compare === "previous-year" ? { days: 0, years: 1 } : { days: countDays(window.from, window.to), years: 0 };
}

export function shiftBack(window: DayWindow, shift: Shift): DayWindow {
  return { from: moveBack(window.from, shift), to: moveBack(window.to, shift) };
}

/** 29 February becomes the 28th in a year that has none. */
function moveBack(day: IsoDate, shift: Shift): IsoDate {
  if (shift.years === 0) return addDays(day, -shift.days);
  const moved = `${String(Number(day.slice(0, 4)) - shift.years).padStart(4, "0")}${day.slice(4)}`;
  return addDays(isIsoDate(moved) ? moved : `${moved.slice(0, 8)}28`, -shift.days);
}
