import { expect, it } from "vitest";
import { rankPopularClicks } from "./rank-popular-clicks.ts";

it("ranks by clicks, ties by number, without what was clicked in the visit or never", () => {
  const rank = rankPopularClicks(
    [
      [2, 1, 2],
      [3, 0, 2],
    ],
    6,
  );
  expect([...rank([], 10).items]).toEqual([2, 0, 1, 3]);
  expect([...rank([2, 1], 1).items]).toEqual([0]);
  expect([...rank([2], 10).scores]).toEqual([1, 1, 1]);
});
