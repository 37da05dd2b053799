import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { measureYearlyRatio } from "./yearly-ratio.ts";

/** Level 100, 200 in the last quarter of each year of 52 steps. */
const seasonal = (length: number): Float64Array => Float64Array.from({ length }, (_, t) => (t % 52 >= 39 ? 200 : 100));

describe("measureYearlyRatio", () => {
  it("doubles the steps that doubled a year ago, whatever the scale", () => {
    const values = seasonal(91);
    const ratios = measureYearlyRatio(values, 13, 52);
    expect(ratios[6]).toBeGreaterThan(1.85);
    expect(ratios[6]).toBeLessThanOrEqual(2);
    const scaled = measureYearlyRatio(
      values.map((value) => 7 * value),
      13,
      52,
    );
    scaled.forEach((value, step) => expect(value).toBeCloseTo(ratios[step], 12));
  });

  it("leaves a series of mere noise nearly alone", () => {
    const rng = createRng(4);
    let moved = 0;
    for (let trial = 0; trial < 50; trial++) {
      const values = Float64Array.from({ length: 90 }, () => 100 * (0.7 + 0.6 * rng.next()));
      const ratios = measureYearlyRatio(values, 13, 52);
      moved += ratios.reduce((sum, value) => sum + Math.abs(Math.log(value)), 0) / 13 / 50;
    }
    expect(moved).toBeLessThan(0.04);
  });

  it("closes steps without anything a year ago, and says 1 where there is no year", () => {
    const values = seasonal(91);
    values[41] = 0;
    const ratios = measureYearlyRatio(values, 13, 52);
    expect(ratios[2]).toBe(0);
    expect(ratios[3]).toBeGreaterThan(1.8);
    expect([...measureYearlyRatio(values.subarray(0, 64), 3, 52)]).toEqual([1, 1, 1]);
    expect([...measureYearlyRatio(new Float64Array(91), 3, 52)]).toEqual([1, 1, 1]);
  });
});
