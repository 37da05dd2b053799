import type { Incidence } from "../sparse/incidence.ts";
import type { SparseMatrix } from "../sparse/sparse-matrix.ts";
import type { InteractionLog } from "./interaction-log.ts";
import { sortByPair, type PairLog } from "./sort-by-pair.ts";

/** Kinds of interactions by number. */
export const KIND = { purchase: 0, cart: 1, view: 2, return: 3 } as const;

export interface WeighingParams {
  /** Interactions of this day and later are not read. */
  readonly cutoffDay: number;
  /** Weight of each kind, by its number. */
  readonly kindWeights: readonly number[];
  /** Of a customer's interactions only the newest so many count: a bot speaks no louder than a busy person. */
  readonly mostPerCustomer: number;
}

/** Customers × items, weighed so that an interaction counts half as much for every so many days of age. */
export type Weigh = (halfLifeDays: number) => SparseMatrix;

/**
 * Customers × items: Σ over interactions of kindWeight · 2^(−age / halfLife), at most 1 a pair. A pair whose returns
 * outweigh the rest is left out. The log must not change. O(interactions) time and memory, once
 * and a half-life.
 */
export function createWeigher(
  log: InteractionLog,
  customerCount: number,
  itemCount: number,
  params: WeighingParams,
): Weigh {
  const { cutoffDay, kindWeights, mostPerCustomer } = params;
  const sorted = sortByPair(log, customerCount, itemCount);
  const oldestHeard = findOldestHeard(log, customerCount, endBefore(log.day, cutoffDay), mostPerCustomer);
  const { pairs, pairOf } = collectPairs(
    sorted,
    (place) => sorted.day[place] < cutoffDay && sorted.at[place] >= oldestHeard[sorted.customer[place]],
    customerCount,
    itemCount,
  );
  const oldestDay = log.day.length === 0 ? cutoffDay : log.day[0];
  return (halfLifeDays) => {
    const sums = new Float64Array(pairs.colIdx.length);
    const decay = Float64Array.from(
      { length: Math.max(0, cutoffDay - oldestDay) },
      (_, age) => 2 ** (-age / halfLifeDays),
    );
    for (let place = 0; place < pairOf.length; place++) {
      if (pairOf[place] < 0) continue;
      sums[pairOf[place]] += kindWeights[sorted.kind[place]] * decay[cutoffDay - 1 - sorted.day[place]];
    }
    return keepPositive(pairs, sums);
  };
}

/** What each customer has bought before `cutoffDay`. */
export function listPurchases(
  log: InteractionLog,
  customerCount: number,
  itemCount: number,
  cutoffDay: number,
): Incidence {
  const sorted = sortByPair(log, customerCount, itemCount);
  const isBought = (place: number): boolean => sorted.kind[place] === KIND.purchase && sorted.day[place] < cutoffDay;
  return collectPairs(sorted, isBought, customerCount, itemCount).pairs;
}

/** The place in the log of the oldest interaction of each customer that counts, of those before place `end`. */
function findOldestHeard(log: InteractionLog, customerCount: number, end: number, most: number): Int32Array {
  const heard = new Int32Array(customerCount);
  const oldest = new Int32Array(customerCount);
  for (let at = end - 1; at >= 0; at--) if (heard[log.customer[at]]++ === most) oldest[log.customer[at]] = at + 1;
  return oldest;
}

/** The pairs of the entries chosen, and the pair of each entry: −1 for one that is not. */
function collectPairs(
  { customer, item }: PairLog,
  isChosen: (place: number) => boolean,
  rowCount: number,
  colCount: number,
): { readonly pairs: Incidence; readonly pairOf: Int32Array } {
  const pairOf = new Int32Array(item.length).fill(-1);
  const rowPtr = new Int32Array(rowCount + 1);
  const colIdx = new Int32Array(item.length);
  let length = 0;
  let row = -1;
  for (let place = 0; place < item.length; place++) {
    if (!isChosen(place)) continue;
    if (row !== customer[place] || colIdx[length - 1] !== item[place]) {
      row = customer[place];
      colIdx[length++] = item[place];
      rowPtr[row + 1] = length;
    }
    pairOf[place] = length - 1;
  }
  for (let after = 1; after <= rowCount; after++) rowPtr[after] = Math.max(rowPtr[after], rowPtr[after - 1]);
  return { pairs: { rowCount, colCount, rowPtr, colIdx: colIdx.slice(0, length) }, pairOf };
}

/** The entries of purchases from `fromDay` on, before `cutoffDay`, in their order. O(entries from that day on). */
export function findPurchases({ day, kind }: InteractionLog, fromDay: number, cutoffDay: number): Int32Array {
  const [from, end] = [endBefore(day, fromDay), endBefore(day, cutoffDay)];
  const lines = new Int32Array(end - from);
  let count = 0;
  for (let at = from; at < end; at++) if (kind[at] === KIND.purchase) lines[count++] = at;
  return lines.subarray(0, count);
}

/** The number of entries before `day`; days ascend. O(log entries). */
function endBefore(days: Int32Array, day: number): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle] < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The pairs above 0, cut at 1. Weights below a millionth are as good as forgotten. */
function keepPositive(pairs: Incidence, sums: Float64Array): SparseMatrix {
  const rowPtr = new Int32Array(pairs.rowCount + 1);
  const colIdx = new Int32Array(sums.length);
  const values = new Float32Array(sums.length);
  let length = 0;
  for (let row = 0; row < pairs.rowCount; row++) {
    for (let at = pairs.rowPtr[row]; at < pairs.rowPtr[row + 1]; at++) {
      if (sums[at] <= 1e-6) continue;
      colIdx[length] = pairs.colIdx[at];
      values[length++] = Math.min(1, sums[at]);
    }
    rowPtr[row + 1] = length;
  }
  return { ...pairs, rowPtr, colIdx: colIdx.slice(0, length), values: values.slice(0, length) };
}
