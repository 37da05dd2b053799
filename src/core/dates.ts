import { fail } from "./errors.ts";

const DAY_MS = 86_400_000;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A calendar day without a time zone, `YYYY-MM-DD`. Sorts as text. */
export type IsoDate = string;

export function isIsoDate(text: string): boolean {
  const ms = ISO_DATE.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}

/** Days since 1970-01-01; throws `REQUEST_INVALID` when `day` is not a real calendar day. */
export function toDayNumber(day: IsoDate): number {
  if (!isIsoDate(day)) throw fail("REQUEST_INVALID", `"${day}" is not a calendar day; write it as YYYY-MM-DD.`);
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

export function fromDayNumber(dayNumber: number): IsoDate {
  return new Date(dayNumber * DAY_MS).toISOString().slice(0, 10);
}

export function addDays(day: IsoDate, count: number): IsoDate {
  return fromDayNumber(toDayNumber(day) + count);
}

/** Inclusive number of days from `first` to `last`. */
export function countDays(first: IsoDate, last: IsoDate): number {
  return toDayNumber(last) - toDayNumber(first) + 1;
}

/** Asked for with every answer, and mostly for the same day: the text of the last one is kept. */
let latest = { day: Number.NaN, text: "" };

/** The day in UTC. */
export function toIsoDate(instant: Date): IsoDate {
  const day = Math.floor(instant.getTime() / DAY_MS);
  if (day !== latest.day) latest = { day, text: instant.toISOString().slice(0, 10) };
  return latest.text;
}
