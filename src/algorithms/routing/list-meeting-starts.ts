import type { TrafficDay } from "./traffic.ts";

/** Beyond so many pairs of a moment and a change of pace they are left out: routes are short, and days have few periods. */
const MOST_PAIRS = 4000;

/**
 * Starts within a day from `from` at which some moment of a route falls on a change of pace, and the last that is not too late: between two of them the cost of travel follows
 * straight lines, so that the cheapest start is among them. `momentsAt` times the route from a start; no moment may come earlier
 * from a later start; undefined where the start is too late. O(moments × changes × log of the day) timings.
 */
export function listMeetingStarts(
  day: TrafficDay,
  from: number,
  momentsAt: (start: number) => readonly number[] | undefined,
): number[] {
  const dayTime = day.times.at(-1) as number;
  const midnight = Math.floor(from / dayTime) * dayTime;
  const changes = [0, 1].flatMap((days) => Array.from(day.pace, (_, k) => midnight + days * dayTime + day.times[k]));
  const first = momentsAt(from) ?? [];
  const found = new Set<number>();
  let pairs = 0;
  first.forEach((earliest, moment) => {
    for (const change of changes) {
      if (change < earliest || pairs++ > MOST_PAIRS) continue;
      let low = from;
      let high = from + dayTime;
      while (high - low > day.unit) {
        const middle = low + Math.floor((high - low) / 2 / day.unit) * day.unit;
        const moments = momentsAt(middle);
        if (moments !== undefined && moments[moment] <= change) low = middle;
        else high = middle;
      }
      found.add(low);
    }
  });
  return [...found];
}
