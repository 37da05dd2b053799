import { expect, test } from "vitest";
import type { InteractionLog } from "./interaction-log.ts";
import { createWeigher, listPurchases } from "./weigh-interactions.ts";

const params = { cutoffDay: 11, kindWeights: [1, 0.5, 0.2, -1], mostPerCustomer: 100 };

const weighInteractions = (...given: Parameters<typeof createWeigher>) => createWeigher(...given)(10);

/** Rows of customer, item, kind, day. */
function logOf(...rows: [number, number, number, number][]): InteractionLog {
  const column = (at: 0 | 1 | 2 | 3): Int32Array => Int32Array.from(rows, (row) => row[at]);
  return { customer: column(0), item: column(1), kind: column(2), day: column(3) };
}

test("weights add up by kind and age, are cut at 1, and end where returns outweigh", () => {
  const log = logOf([0, 1, 0, 0], [1, 0, 0, 9], [1, 0, 3, 10], [0, 2, 0, 10], [0, 2, 0, 10], [1, 2, 2, 10]);
  const matrix = weighInteractions(log, 2, 3, params);
  expect([...matrix.rowPtr]).toEqual([0, 2, 3]);
  expect([...matrix.colIdx]).toEqual([1, 2, 2]);
  expect([...matrix.values].map((value) => Math.round(value * 1e4) / 1e4)).toEqual([0.5, 1, 0.2]);
});

test("one weigher answers for any half-life", () => {
  const weigh = createWeigher(logOf([0, 0, 0, 0], [0, 1, 0, 10]), 1, 2, params);
  const valuesAt = (halfLifeDays: number): number[] => [...weigh(halfLifeDays).values];
  expect([valuesAt(5), valuesAt(10), valuesAt(5)]).toEqual([
    [0.25, 1],
    [0.5, 1],
    [0.25, 1],
  ]);
});

test("the cut-off day and what follows is not read", () => {
  const before = logOf([0, 0, 0, 3], [0, 1, 0, 10]);
  const after = logOf([0, 0, 0, 3], [0, 1, 0, 10], [0, 2, 0, 11], [0, 0, 3, 12]);
  expect(weighInteractions(after, 1, 3, params)).toEqual(weighInteractions(before, 1, 3, params));
  expect(listPurchases(after, 1, 3, 11)).toEqual(listPurchases(before, 1, 3, 11));
});

test("of a customer with very many interactions the newest count", () => {
  const rows = Array.from({ length: 5000 }, (_, at): [number, number, number, number] => [0, at % 50, 2, 1]);
  const log = logOf(...rows, [0, 7, 0, 5], [1, 3, 0, 6]);
  const matrix = weighInteractions(log, 2, 50, { ...params, mostPerCustomer: 3 });
  expect([...matrix.rowPtr]).toEqual([0, 3, 4]);
  expect([...matrix.colIdx]).toEqual([7, 48, 49, 3]);
  expect([...listPurchases(log, 2, 50, 11).colIdx]).toEqual([7, 3]);
});
