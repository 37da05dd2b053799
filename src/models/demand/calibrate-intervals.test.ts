import { expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { calibrateIntervals, type PastForecast } from "./calibrate-intervals.ts";
import type { StepForecast } from "./forecast-demand.ts";

const rng = createRng(9);
/** Sales of 0 to 19 around a mean of 10, or skewed: nine times nothing, once a hundred. */
const past = (count: number, draw: () => number): PastForecast[] =>
  Array.from({ length: count }, () => ({ forecast: flat(10), actual: Float64Array.from({ length: 3 }, draw) }));
const flat = (mean: number): StepForecast => ({
  method: "any",
  mean: new Float64Array(3).fill(mean),
  scale: new Float64Array(3).fill(5),
});

it("covers eight of ten new values, whatever their distribution", () => {
  for (const draw of [() => rng.nextInt(20), () => (rng.next() < 0.85 ? rng.nextInt(3) : 100)]) {
    const { q10, q90 } = calibrateIntervals(past(2000, draw))(flat(10));
    const fresh = Array.from({ length: 4000 }, draw);
    const inside = fresh.filter((value) => value >= q10[1] && value <= q90[1]).length;
    expect(inside / fresh.length).toBeGreaterThan(0.78);
  }
});

it("never goes below zero and borrows other errors for a level it has not seen", () => {
  const intervals = calibrateIntervals(past(300, () => rng.nextInt(20)));
  const { q10, q50, q90 } = intervals(flat(0.1));
  expect(q10[0]).toBe(0);
  expect(q50[0]).toBeLessThanOrEqual(q90[0]);
  expect(calibrateIntervals([])(flat(10)).q90[0]).toBeCloseTo(10 + 5 * 1.2816, 9);
});
