import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { selectTopK } from "./select-top-k.ts";

describe("selectTopK", () => {
  it("orders by score and breaks ties by the smaller index", () => {
    expect([...selectTopK([1, 3, 3, 2, 0], [4, 3, 2, 1, 0], 3)]).toEqual([1, 2, 3]);
  });

  it("selects nothing without evidence", () => {
    expect([...selectTopK([0, -1, Number.NaN], [0, 1, 2], 2)]).toEqual([]);
    expect([...selectTopK([1], [0], 0)]).toEqual([]);
  });

  it("agrees with a full sort for any scores and any order of candidates", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -2, max: 5 }), { maxLength: 30 }), fc.nat(12), (scores, k) => {
        const sorted = scores
          .map((score, index) => ({ score, index }))
          .filter(({ score }) => score > 0)
          .sort((a, b) => b.score - a.score || a.index - b.index)
          .slice(0, k)
          .map(({ index }) => index);
        expect([...selectTopK(scores, [...scores.keys()].reverse(), k)]).toEqual(sorted);
      }),
    );
  });
});
