import type { TrafficDay } from "./traffic.ts";

/** Nothing is met so many days later. */
const MOST_DAYS = 100;
/** Beyond so many pairs of a moment and a time to meet they are left out: routes are short, and days have few periods. */
const MOST_PAIRS = 4000;

/**
 * Starts within a day from `from` at which some moment of a route falls on a change of pace, or on a time of its own (when it is due, or a window
 * opens or closes), and the last that is not too late: between two of them the costs of travel and of lateness follow straight lines, so that
 * the cheapest start is among them. `momentsAt` times the route from a start; no moment may come earlier from a later start; undefined where
 * the start is too late. O(moments × times to meet × log of the day) timings.
 */
export function listMeetingStarts(
  day: TrafficDay,
  from: number,
  momentsAt: (start: number) => readonly number[] | undefined,
  ownTimes: readonly (readonly number[])[],
): number[] {
  const dayTime = day.times.at(-1) as number;
  const midnight = Math.floor(from / dayTime) * dayTime;
  const changes = [0, 1].flatMap((days) => Array.from(day.pace, (_, k) => midnight + days * dayTime + day.times[k]));
  const first = momentsAt(from) ?? [];
  const found = new Set<number>();
  let pairs = 0;
  first.forEach((earliest, moment) => {
    for (const time of [...changes, ...(ownTimes[moment] ?? [])]) {
      if (time < earliest || time > from + MOST_DAYS * dayTime || pairs++ > MOST_PAIRS) continue;
      let low = from;
      let high = from + dayTime;
      while (high - low > day.unit) {
        const middle = low + Math.floor((high - low) / 2 / day.unit) * day.unit;
        const moments = momentsAt(middle);
        if (moments !== undefined && moments[moment] <= time) low = middle;
        else high = middle;
      }
      found.add(low);
    }
  });
  return [...found];
}
