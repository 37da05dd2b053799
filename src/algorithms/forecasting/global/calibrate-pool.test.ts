import { expect, it } from "vitest";
import { createRng } from "../../../core/rng.ts";
import { addIntervals, type CalibrationCase, calibratePool } from "./calibrate-pool.ts";

const HORIZON = 4;

/** Forecasts of 10 a step with errors spread evenly over ±`spread`, in three windows that may grow wider towards the end. */
function makeCases(spreadOf: (window: number) => number): CalibrationCase[] {
  const rng = createRng(5);
  return [0, 1, 2].flatMap((window) =>
    Array.from({ length: 500 }, () => ({
      mean: new Float64Array(HORIZON).fill(10),
      actual: Float64Array.from({ length: HORIZON }, () => 10 + spreadOf(window) * (2 * rng.next() - 1)),
      scale: 1,
      window,
    })),
  );
}

function widthOf80(cases: readonly CalibrationCase[], kind: "regular" | "intermittent"): number {
  const { lower80, upper80 } = addIntervals(
    calibratePool(cases, HORIZON, kind),
    new Float64Array(HORIZON).fill(10),
    1,
    true,
  );
  return upper80[0] - lower80[0];
}

it("even errors of ±1 are covered to 80 % by an interval of 1.6, whatever the kind", () => {
  const even = makeCases(() => 1);
  expect(widthOf80(even, "regular")).toBeCloseTo(1.6, 1);
  expect(widthOf80(even, "intermittent")).toBeCloseTo(1.6, 1);
});

it("where each window missed more than those before it, the next is given wider bounds", () => {
  const growing = makeCases((window) => 3 - window);
  // The newest alone would need 4.8; all alike are covered to 80 % by less.
  expect(widthOf80(growing, "intermittent")).toBeGreaterThan(1.2 * widthOf80(growing, "regular"));
});

it("where cells have few errors, those of all sizes at the same steps make the bounds, not those of other steps", () => {
  const rng = createRng(9);
  // 80 errors a cell of three sizes, 240 a step; the last step strays four times as far as the first.
  const cases = Array.from({ length: 240 }, (_, at) => {
    const mean = new Float64Array(HORIZON).fill(10 + (at % 3));
    const actual = mean.map((value, step) => value + (step + 1) * (2 * rng.next() - 1));
    return { mean, actual, scale: 1, window: 0 };
  });
  const answer = addIntervals(calibratePool(cases, HORIZON, "regular"), new Float64Array(HORIZON).fill(11), 1, true);
  const widths = answer.upper80.map((value, step) => value - answer.lower80[step]);
  expect(Math.abs(widths[0] - 1.6)).toBeLessThan(0.25);
  expect(Math.abs(widths[3] - 6.4)).toBeLessThan(0.8);
});
