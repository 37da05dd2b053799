import type { TrafficPeriod } from "./vroom-problem.ts";

const DAY = 86_400;

/**
 * Seconds of the matrix that are driven from one second to a later one when every day has these periods: each stretch between
 * two changes of pace divided by its factor. 0 where `to` is not later. For the checker alone. O(days × periods).
 */
export function coverTravel(periods: readonly TrafficPeriod[], from: number, to: number): number {
  let covered = 0;
  let time = from;
  while (time < to) {
    const clock = ((time % DAY) + DAY) % DAY;
    const now = periods.find((period) => period.from <= clock && clock < period.to);
    const next = now?.to ?? periods.find((period) => period.from > clock)?.from ?? DAY;
    const stretch = Math.min(to - time, next - clock);
    covered += stretch / (now?.factor ?? 1);
    time += stretch;
  }
  return covered;
}
