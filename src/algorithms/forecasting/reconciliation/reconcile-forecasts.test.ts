import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reconcileForecasts, structuralVariances } from "./reconcile-forecasts.ts";
import { buildSummingStructure, sumBottom } from "./summing-structure.ts";

const pair = buildSummingStructure(2, [Int32Array.of(0, 0)]);

describe("reconciliation of two series and their sum", () => {
  it("shares a gap of 6 by structural weights: min 2d² + (2d − 6)² / 2 at d = 1.5", () => {
    const result = reconcileForecasts(pair, Float64Array.of(10, 20, 36), structuralVariances(pair));
    [11.5, 21.5, 33].forEach((value, at) => expect(result[at]).toBeCloseTo(value, 9));
  });

  it("holds a series at 0 and moves the other alone: min (b − 20)² + (b − 9)² at 14.5", () => {
    const result = reconcileForecasts(pair, Float64Array.of(1, 20, 9), Float64Array.of(1, 1, 1));
    [0, 14.5, 14.5].forEach((value, at) => expect(result[at]).toBeCloseTo(value, 9));
  });

  it("goes below 0 where it may: 1 − 4, 20 − 4 and their sum", () => {
    const result = reconcileForecasts(pair, Float64Array.of(1, 20, 9), Float64Array.of(1, 1, 1), false);
    [-3, 16, 13].forEach((value, at) => expect(result[at]).toBeCloseTo(value, 9));
  });

  it("refuses what it cannot weigh", () => {
    expect(() => reconcileForecasts(pair, Float64Array.of(1, 2), Float64Array.of(1, 1))).toThrow("3 nodes");
    expect(() => reconcileForecasts(pair, Float64Array.of(1, 2, 3), Float64Array.of(1, 0, 1))).toThrow("variances[1]");
    expect(() => buildSummingStructure(2, [Int32Array.of(0)])).toThrow("label all 2");
  });
});

/** Markets and products cross: every series counts in one of each. */
const crossed = fc.integer({ min: 1, max: 5 }).chain((products) =>
  fc.integer({ min: 1, max: 4 }).chain((markets) => {
    const count = products * markets;
    const structure = buildSummingStructure(count, [
      Int32Array.from({ length: count }, (_, at) => at % products),
      Int32Array.from({ length: count }, (_, at) => Math.floor(at / products)),
      new Int32Array(count),
    ]);
    const values = (size: number, min: number, max: number): fc.Arbitrary<Float64Array> =>
      fc
        .array(fc.double({ min, max, noNaN: true }), { minLength: size, maxLength: size })
        .map((all) => Float64Array.from(all));
    return fc.record({
      structure: fc.constant(structure),
      base: values(structure.nodeCount, -5, 100),
      bottom: values(count, 0, 100),
      variances: values(structure.nodeCount, 0.1, 50),
    });
  }),
);

it("is coherent to 1e-9, never negative, and leaves coherent forecasts as they are", () => {
  fc.assert(
    fc.property(crossed, ({ structure, base, bottom, variances }) => {
      const result = reconcileForecasts(structure, base, variances);
      const sums = sumBottom(structure, result.subarray(0, structure.bottomCount));
      result.forEach((value, node) => {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(Math.abs(value - sums[node])).toBeLessThan(1e-9);
      });
      const coherent = sumBottom(structure, bottom);
      reconcileForecasts(structure, coherent, variances).forEach((value, node) =>
        expect(Math.abs(value - coherent[node])).toBeLessThan(1e-9),
      );
    }),
  );
});
