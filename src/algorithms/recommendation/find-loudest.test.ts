import { expect, test } from "vitest";
import { createPlainEngine } from "../kernels/plain-engine.ts";
import { findLoudest } from "./find-loudest.ts";

test("the history item with the largest weight times similarity speaks, never the item itself", () => {
  const neighbours = {
    itemCount: 4,
    rowPtr: Int32Array.of(0, 2, 4, 4, 5),
    neighbour: Int32Array.of(2, 3, 2, 3, 3),
    score: Float32Array.of(0.5, 0.5, 0.4, 0.9, 5),
    support: Int32Array.of(7, 6, 5, 4, 3),
  };
  const histories = {
    rowCount: 2,
    colCount: 4,
    rowPtr: Int32Array.of(0, 3, 4),
    colIdx: Int32Array.of(0, 1, 3, 2),
    values: Float32Array.of(0.5, 1, 1, 1),
  };
  const lists = { keep: 2, items: Int32Array.of(3, 2, 0, -1) };
  const { because, support } = findLoudest(createPlainEngine(), lists, histories, neighbours);
  expect([...because]).toEqual([1, 1, -1, -1]);
  expect([...support]).toEqual([4, 5, 0, 0]);
});
