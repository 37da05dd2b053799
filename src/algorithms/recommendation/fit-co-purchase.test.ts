import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildIncidence, type Incidence } from "../sparse/incidence.ts";
import { fitCoPurchase, type CoPurchaseParams } from "./fit-co-purchase.ts";
import type { ItemNeighbours } from "./item-neighbours.ts";

const params: CoPurchaseParams = {
  neighbours: 10,
  groupExponent: 0,
  popularityExponent: 0.5,
  shrinkage: 0,
  maxGroupSize: 1000,
};

function baskets(rows: readonly (readonly number[])[], itemCount: number): Incidence {
  const pairs = rows.flatMap((items, row) => items.map((item) => [row, item] as const));
  return buildIncidence(
    Int32Array.from(pairs, ([row]) => row),
    Int32Array.from(pairs, ([, item]) => item),
    rows.length,
    itemCount,
  );
}

function fit(rows: readonly (readonly number[])[], itemCount: number, change: Partial<CoPurchaseParams> = {}) {
  const groups = baskets(rows, itemCount);
  const everything = new Uint8Array(itemCount).fill(1);
  return fitCoPurchase(groups, new Float64Array(rows.length).fill(1), everything, { ...params, ...change });
}

function listOf(fitted: ItemNeighbours, item: number): { item: number; score: number; support: number }[] {
  const list = [];
  for (let at = fitted.rowPtr[item]; at < fitted.rowPtr[item + 1]; at++) {
    list.push({ item: fitted.neighbour[at], score: fitted.score[at], support: fitted.support[at] });
  }
  return list;
}

describe("fitCoPurchase", () => {
  // Item 0 is in 3 baskets, item 1 in 2 (both with 0), item 2 in 1 (with 0), item 3 never with another.
  const rows = [[0, 1], [0, 1, 2], [0], [3]];

  it("is the cosine with exponent one half", () => {
    const list = listOf(fit(rows, 4), 0);
    expect(list.map(({ item }) => item)).toEqual([1, 2]);
    expect(list[0].score).toBeCloseTo(2 / Math.sqrt(3 * 2), 6);
    expect(list[1].score).toBeCloseTo(1 / Math.sqrt(3), 6);
    expect(list.map(({ support }) => support)).toEqual([2, 1]);
    expect(listOf(fit(rows, 4), 3)).toEqual([]);
  });

  it("is the conditional probability with exponent zero", () => {
    expect(listOf(fit(rows, 4, { popularityExponent: 0 }), 0)[0].score).toBeCloseTo(2 / 3, 6);
  });

  it("damps large baskets and pulls rare pairs towards zero", () => {
    // Weights 1/2 and 1/3: c01 = 5/6, n0 = 1/2 + 1/3 + 1, n1 = 5/6, each with shrinkage 1.
    const list = listOf(fit(rows, 4, { groupExponent: 1, shrinkage: 1 }), 0);
    expect(list[0].score).toBeCloseTo(5 / 6 / Math.sqrt((11 / 6 + 1) * (5 / 6 + 1)), 6);
  });

  it("leaves out groups above the size limit and groups without weight", () => {
    expect(listOf(fit(rows, 4, { maxGroupSize: 2 }), 0).map(({ item }) => item)).toEqual([1]);
    const groups = baskets(rows, 4);
    const onlyFirst = fitCoPurchase(groups, Float64Array.of(1, 0, 0, 0), new Uint8Array(4).fill(1), params);
    expect(listOf(onlyFirst, 0)).toEqual([{ item: 1, score: 1, support: 1 }]);
  });

  it("lists candidates only, yet keeps the neighbours of the others", () => {
    const groups = baskets(rows, 4);
    const fitted = fitCoPurchase(groups, new Float64Array(4).fill(1), Uint8Array.of(0, 1, 1, 1), params);
    expect(listOf(fitted, 1).map(({ item }) => item)).toEqual([2]);
    expect(listOf(fitted, 0).map(({ item }) => item)).toEqual([1, 2]);
  });

  it("refuses parameters out of range by name", () => {
    expect(() => fit(rows, 4, { popularityExponent: 2 })).toThrow("popularityExponent");
    expect(() => fit(rows, 4, { neighbours: 0 })).toThrow("neighbours");
  });

  it("agrees with counting every pair by brute force, whatever the order of baskets", () => {
    const basket = fc.uniqueArray(fc.nat(5), { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(basket, { minLength: 1, maxLength: 12 }), (rows) => {
        const fitted = fit(rows, 6, { groupExponent: 1, popularityExponent: 0.25, shrinkage: 0.5 });
        const weightOf = (items: readonly number[]) => 1 / items.length;
        const together = (a: number, b: number) => rows.filter((items) => items.includes(a) && items.includes(b));
        const weight = (a: number, b: number) => together(a, b).reduce((sum, items) => sum + weightOf(items), 0);
        for (let a = 0; a < 6; a++) {
          const list = listOf(fitted, a);
          for (const { item, score, support } of list) {
            const norm = (weight(a, a) + 0.5) ** 0.75 * (weight(item, item) + 0.5) ** 0.25;
            expect(score).toBeCloseTo(weight(a, item) / norm, 5);
            expect(support).toBe(together(a, item).length);
          }
          const others = [0, 1, 2, 3, 4, 5].filter((b) => b !== a && together(a, b).length > 0);
          expect(new Set(list.map(({ item }) => item))).toEqual(new Set(others));
        }
        const reversed = fit([...rows].reverse(), 6, { groupExponent: 0 });
        const forward = fit(rows, 6, { groupExponent: 0 });
        expect(reversed.neighbour).toEqual(forward.neighbour);
      }),
    );
  });
});
