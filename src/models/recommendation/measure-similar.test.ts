import { describe, expect, it } from "vitest";
import { drawSimilarCases, isCollaborativeBetter, measureSimilar, nameSimilarFigures } from "./measure-similar.ts";

const items = { store: ["a", "a", "a", "b", "b"], id: ["0", "1", "2", "3", "4"], title: ["", "", "", "", ""] };
/** Baskets {0, 1}, {2}, {1, 2 unknown}, {3, 4}. */
const lines = {
  basket: Int32Array.of(0, 0, 1, 2, 2, 3, 3),
  item: Int32Array.of(0, 1, 2, 1, 2, 3, 4),
  customer: new Int32Array(7).fill(-1),
  segment: new Int32Array(7),
  day: new Int32Array(7),
};
const known = Uint8Array.of(1, 1, 0, 1, 1);

describe("cases of similar items", () => {
  it("are two different known items of one basket, by store, the same for the same seed", () => {
    const cases = drawSimilarCases({ items }, lines, known, 1);
    const pairs = [...cases].map(([store, list]) => [
      store,
      list.map(({ item, wanted }) => [Math.min(item, wanted), Math.max(item, wanted)]),
    ]);
    expect(new Map(pairs as [string, number[][]][])).toEqual(
      new Map([
        ["a", [[0, 1]]],
        ["b", [[3, 4]]],
      ]),
    );
    expect(drawSimilarCases({ items }, lines, known, 1)).toEqual(cases);
  });
});

describe("measureSimilar", () => {
  // Item 0 has neighbours 2 and 1, item 1 has 0.
  const neighbours = {
    itemCount: 3,
    rowPtr: Int32Array.of(0, 2, 3, 3),
    neighbour: Int32Array.of(2, 1, 0),
    score: Float32Array.of(0.9, 0.4, 0.5),
    support: Int32Array.of(1, 1, 1),
  };

  it("discounts by the rank of the wanted item, numbered from the first of the store", () => {
    const cases = [
      { item: 10, wanted: 11 },
      { item: 11, wanted: 10 },
      { item: 12, wanted: 10 },
    ];
    expect(measureSimilar(neighbours, cases, 10)).toBeCloseTo((1 / Math.log2(3) + 1) / 3, 12);
    expect(measureSimilar(neighbours, [])).toBe(0);
  });
});

describe("isCollaborativeBetter", () => {
  const manifest = (own: Record<string, number>, other: Record<string, number>) =>
    ({
      models: [
        { name: "collaborative", metrics: own },
        { name: "co-purchase", metrics: other },
      ],
      // Only names and metrics are read.
    }) as unknown as Parameters<typeof isCollaborativeBetter>[0];

  it("compares the figures of a store under either name", () => {
    const own = nameSimilarFigures(new Map([["a", 0.2]]));
    const both = nameSimilarFigures(
      new Map([
        ["a", 0.1],
        ["b", 0.3],
      ]),
    );
    expect(isCollaborativeBetter(manifest(own, both), "a")).toBe(true);
    expect(isCollaborativeBetter(manifest(both, own), "a")).toBe(false);
    expect(isCollaborativeBetter(manifest(both, both), "b")).toBe(false);
  });

  it("is false where one was not measured", () => {
    expect(isCollaborativeBetter(manifest({}, { similarNdcgAt20: 0 }), "a")).toBe(false);
    expect(isCollaborativeBetter(manifest({ similarNdcgAt20: 1 }, {}), "a")).toBe(false);
    expect(isCollaborativeBetter({ models: [] }, "a")).toBe(false);
  });
});
