import { expect, test } from "vitest";
import { blendBasketRules, indexRules } from "./blend-basket-rules.ts";
import type { BasketRules } from "./mine-basket-rules.ts";
import { createNeighbourScorer } from "./score-by-neighbours.ts";

/** Items 0 and 1 are both bought with 2 and 3; together they go with 4, and a little with 3. */
const NEIGHBOURS = {
  itemCount: 6,
  rowPtr: Int32Array.of(0, 2, 4, 4, 4, 4, 4),
  neighbour: Int32Array.of(2, 3, 2, 3),
  score: Float32Array.of(0.5, 0.25, 0.25, 0.125),
  support: Int32Array.of(9, 8, 7, 6),
};
const RULES: BasketRules = {
  first: Int32Array.of(0, 0),
  second: Int32Array.of(1, 1),
  item: Int32Array.of(3, 4),
  support: Int32Array.of(5, 4),
  confidence: Float32Array.of(0.25, 0.75),
  lift: Float32Array.of(2, 3),
};
const blend = (weight: number) =>
  blendBasketRules(createNeighbourScorer(NEIGHBOURS), RULES, indexRules(RULES, 6), weight);

test("by hand: the share of the best neighbour score plus the weighted confidence", () => {
  const { items, scores, because, becauseSupport } = blend(1)({ given: [1, 0], n: 5 });
  // 2: 0.75 / 0.75; 3: 0.375 / 0.75 + 0.25; 4: 0.75 by its rule alone. Equal scores go by number.
  expect([...items]).toEqual([2, 3, 4]);
  expect([...scores]).toEqual([1, 0.75, 0.75]);
  expect([because[2], becauseSupport[2]]).toEqual([0, 4]);
  expect([...blend(2)({ given: [0, 1], n: 1 }).items]).toEqual([4]);
});

test("no rule, one item or no weight: as by neighbours alone", () => {
  const score = createNeighbourScorer(NEIGHBOURS);
  for (const [weight, given] of [
    [1, [0]],
    [1, [0, 5]],
    [0, [0, 1]],
  ] as const) {
    expect(blend(weight)({ given, n: 5 })).toEqual(score({ given, n: 5 }));
  }
});

test("a rule brings back neither what is barred nor what is excluded nor what is given", () => {
  const barred = Uint8Array.of(0, 0, 0, 0, 1, 0);
  expect([...blend(1)({ given: [0, 1], barred, n: 5 }).items]).toEqual([2, 3]);
  expect([...blend(1)({ given: [0, 1], excluded: [4], n: 5 }).items]).toEqual([2, 3]);
  expect([...blend(1)({ given: [0, 1, 4], n: 5 }).items]).toEqual([2, 3]);
});
