import { expect, test } from "vitest";
import type { BasketData } from "./basket-data.ts";
import { fitRecommender } from "./fit-recommender.ts";
import { DEFAULT_PARAMS } from "./params.ts";

/** Items 0 and 1 together in three baskets of today, with item 2 never; items 2 and 3 together in one. */
const pairs = [
  [0, 1],
  [0, 1],
  [0, 1],
  [0, 4],
  [2, 3],
] as const;
const lines = {
  basket: Int32Array.from(pairs.flatMap((_, basket) => [basket, basket])),
  item: Int32Array.from(pairs.flat()),
  customer: new Int32Array(10).fill(-1),
  segment: new Int32Array(10),
  day: new Int32Array(10).fill(100),
};
const names = ["0", "1", "2", "3", "4"];
const data: BasketData = {
  items: { store: names.map(() => "s"), id: names, title: names },
  customers: { store: [], id: [], market: [] },
  segments: { store: ["s"], market: ["GB"] },
  lines,
};

function scoreOf(shrinkage: number, item: number, other: number): number {
  const { rowPtr, neighbour, score } = fitRecommender(data, lines, 100, { ...DEFAULT_PARAMS, shrinkage }).neighbours;
  const [from, to] = [rowPtr[item], rowPtr[item + 1]];
  return score[from + neighbour.subarray(from, to).indexOf(other)];
}

test("without shrinkage a pair of one basket speaks louder than one of three; with it, more softly", () => {
  expect(scoreOf(0, 2, 3)).toBeGreaterThan(scoreOf(0, 0, 1));
  expect(scoreOf(0.5, 2, 3)).toBeLessThan(scoreOf(0.5, 0, 1));
});

test("popular lists hold every item sold of late, so that a category filter finds its own", () => {
  const sold = Int32Array.from({ length: 400 }, (_, item) => item);
  const many = {
    basket: sold,
    item: sold,
    customer: new Int32Array(400).fill(-1),
    segment: new Int32Array(400),
    day: new Int32Array(400).fill(100),
  };
  const ids = Array.from(sold, String);
  const shop = { ...data, items: { store: ids.map(() => "s"), id: ids, title: ids }, lines: many };
  const { popularBySegment, popularByStore } = fitRecommender(shop, many, 100, DEFAULT_PARAMS);
  expect(popularBySegment[0]?.items).toHaveLength(400);
  expect(popularByStore.get("s")?.items).toHaveLength(400);
});
