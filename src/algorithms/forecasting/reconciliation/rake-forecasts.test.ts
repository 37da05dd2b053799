import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rakeForecasts } from "./rake-forecasts.ts";
import { buildSummingStructure, sumBottom } from "./summing-structure.ts";

/** Two products in two markets; then products, markets, and all. */
const square = buildSummingStructure(4, [
  Int32Array.of(0, 0, 1, 1),
  Int32Array.of(0, 1, 0, 1),
  Int32Array.of(0, 0, 0, 0),
]);

describe("rakeForecasts", () => {
  it("spreads a greater total in proportion to what is expected", () => {
    const raked = rakeForecasts(square, Float64Array.of(1, 2, 3, 4, 3, 7, 4, 6, 20));
    [2, 4, 6, 8, 6, 14, 8, 12, 20].forEach((value, node) => expect(raked[node]).toBeCloseTo(value, 6));
  });

  it("moves products and markets to their own sums, scaled to the total", () => {
    // Products 1:1 and markets 3:1 of 8, from an even base: the outer product of the margins.
    const raked = rakeForecasts(square, Float64Array.of(1, 1, 1, 1, 5, 5, 9, 3, 8));
    [3, 1, 3, 1].forEach((value, node) => expect(raked[node]).toBeCloseTo(value, 6));
  });

  it("keeps a sum without a forecast as its members make it, and a series at nothing", () => {
    const raked = rakeForecasts(
      square,
      Float64Array.of(0, 2, 2, 4, Number.NaN, Number.NaN, Number.NaN, Number.NaN, 16),
    );
    [0, 4, 4, 8, 4, 12, 4, 12, 16].forEach((value, node) => expect(raked[node]).toBeCloseTo(value, 9));
    expect([...rakeForecasts(square, new Float64Array(9))]).toEqual(Array.from({ length: 9 }, () => 0));
  });

  it("adds up, keeps the total and is never negative, whatever the base", () => {
    const positive = fc.double({ min: 0.01, max: 1000, noNaN: true });
    fc.assert(
      fc.property(fc.array(positive, { minLength: 9, maxLength: 9 }), (base) => {
        const raked = rakeForecasts(square, Float64Array.from(base));
        expect([...raked]).toEqual([...sumBottom(square, raked.subarray(0, 4))]);
        expect(raked[8]).toBeCloseTo(base[8], 6);
        expect(raked.every((value) => value >= 0)).toBe(true);
      }),
    );
  });

  it("refuses another number of values than nodes", () => {
    expect(() => rakeForecasts(square, new Float64Array(8))).toThrow("9 nodes");
  });
});
