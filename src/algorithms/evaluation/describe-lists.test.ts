import { expect, test } from "vitest";
import { describeLists } from "./describe-lists.ts";

test("coverage, novelty and Gini of two short lists", () => {
  const lists = { items: Int32Array.of(0, 1, 2, 0, -1, -1), keep: 3 };
  const open = Uint8Array.of(1, 1, 1, 1, 0);
  const described = describeLists(lists, 2, open, [4, 2, 1, 1, 0], 8);
  // Places 0 1 | 0: item 0 twice (1 bit each), item 1 once (2 bits).
  expect(described.coverage).toBe(0.5);
  expect(described.novelty).toBeCloseTo(4 / 3, 12);
  // 0 0 1 2: (−3·0 − 1·0 + 1·1 + 3·2) / (4·3)
  expect(described.gini).toBeCloseTo(7 / 12, 12);
});
