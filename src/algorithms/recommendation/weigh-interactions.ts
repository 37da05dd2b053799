import { buildIncidence, type Incidence } from "../sparse/incidence.ts";
import type { SparseMatrix } from "../sparse/sparse-matrix.ts";

/** Kinds of interactions by number. */
export const KIND = { purchase: 0, cart: 1, view: 2, return: 3 } as const;

/** Equally long columns, one entry an interaction, ordered by day. */
export interface InteractionLog {
  readonly customer: Int32Array;
  readonly item: Int32Array;
  /** One of `KIND`. */
  readonly kind: Int32Array;
  /** Days since 1970-01-01. */
  readonly day: Int32Array;
}

export interface WeighingParams {
  /** Interactions of this day and later are not read. */
  readonly cutoffDay: number;
  /** An interaction counts half as much for every so many days of age. */
  readonly halfLifeDays: number;
  /** Weight of each kind, by its number. */
  readonly kindWeights: readonly number[];
  /** Of a customer's interactions only the newest so many count: a bot speaks no louder than a busy person. */
  readonly mostPerCustomer: number;
}

/**
 * Customers × items: Σ over interactions of kindWeight · 2^(−age / halfLife), at most 1 a pair. A pair whose returns
 * outweigh the rest is left out. Time O(interactions · log(items of a customer)), memory O(interactions).
 */
export function weighInteractions(
  log: InteractionLog,
  customerCount: number,
  itemCount: number,
  params: WeighingParams,
): SparseMatrix {
  const { cutoffDay, halfLifeDays, kindWeights, mostPerCustomer } = params;
  const heard = new Int32Array(customerCount);
  const entries: number[] = [];
  for (let at = endBefore(log.day, cutoffDay) - 1; at >= 0; at--) {
    if (heard[log.customer[at]]++ < mostPerCustomer) entries.push(at);
  }
  const pairs = buildIncidence(
    Int32Array.from(entries, (at) => log.customer[at]),
    Int32Array.from(entries, (at) => log.item[at]),
    customerCount,
    itemCount,
  );
  const sums = new Float64Array(pairs.colIdx.length);
  for (const at of entries) {
    const age = cutoffDay - 1 - log.day[at];
    sums[findPair(pairs, log.customer[at], log.item[at])] += kindWeights[log.kind[at]] * 2 ** (-age / halfLifeDays);
  }
  return keepPositive(pairs, sums);
}

/** What each customer has bought before `cutoffDay`. */
export function listPurchases(
  log: InteractionLog,
  customerCount: number,
  itemCount: number,
  cutoffDay: number,
): Incidence {
  const customers: number[] = [];
  const items: number[] = [];
  for (let at = 0, end = endBefore(log.day, cutoffDay); at < end; at++) {
    if (log.kind[at] !== KIND.purchase) continue;
    customers.push(log.customer[at]);
    items.push(log.item[at]);
  }
  return buildIncidence(Int32Array.from(customers), Int32Array.from(items), customerCount, itemCount);
}

/** The number of entries before `day`; days ascend. */
function endBefore(days: Int32Array, day: number): number {
  let end = days.length;
  while (end > 0 && days[end - 1] >= day) end--;
  return end;
}

function findPair({ rowPtr, colIdx }: Incidence, row: number, col: number): number {
  let low = rowPtr[row];
  let high = rowPtr[row + 1] - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (colIdx[middle] < col) low = middle + 1;
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
