import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateStock } from "./allocate-stock.ts";
import { classifyAbcXyz } from "./classify-abc-xyz.ts";

describe("allocation of scarce stock", () => {
  it("finds the best split of all, by brute force", () => {
    const outcomes = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        outcomes,
        outcomes,
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 1, max: 5 }),
        (a, b, units, m) => {
          const markets = [
            { outcomes: Float64Array.from(a).sort(), margin: m, minimum: 0 },
            { outcomes: Float64Array.from(b).sort(), margin: 3, minimum: 0 },
          ];
          const gain = (given: ArrayLike<number>): number =>
            markets.reduce(
              (sum, { outcomes: list, margin }, at) =>
                sum + (margin * list.reduce((part, d) => part + Math.min(d, given[at]), 0)) / list.length,
              0,
            );
          const best = Math.max(...Array.from({ length: units + 1 }, (_, first) => gain([first, units - first])));
          const given = allocateStock(units, markets);
          expect(gain(given)).toBeCloseTo(best, 9);
          expect(given.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(units);
        },
      ),
    );
  });

  it("refuses promises beyond the stock", () => {
    const market = { outcomes: Float64Array.of(1), margin: 1, minimum: 3 };
    expect(() => allocateStock(5, [market, market])).toThrow(/exceed the 5 units/);
  });
});

describe("ABC/XYZ", () => {
  it("gives the products that make the first 80 % an A and even demand an X", () => {
    expect(classifyAbcXyz([5, 80, 15, 0], [0.2, 0.4, 0.8, 3])).toEqual(["CX", "AX", "BY", "CZ"]);
  });
});
