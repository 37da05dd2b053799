import { expect, test } from "vitest";
import { transposeIncidence } from "../sparse/incidence.ts";
import { createSharedCounter } from "./count-shared.ts";

test("customers whom an item shares with each other one, anew for each item", () => {
  const users = {
    rowCount: 3,
    colCount: 9,
    rowPtr: Int32Array.of(0, 4, 7, 8),
    colIdx: Int32Array.of(1, 3, 5, 8, 0, 3, 8, 0),
  };
  const countShared = createSharedCounter(users, transposeIncidence(users));
  expect([...countShared(0)]).toEqual([4, 2, 0]);
  expect([...countShared(1)]).toEqual([2, 3, 1]);
});
