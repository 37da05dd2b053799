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
  /** Weight of each kind, by its number. */
  readonly kindWeights: readonly number[];
  /** Of a customer's interactions only the newest so many count: a bot speaks no louder than a busy person. */
  readonly mostPerCustomer: number;
}

/** Customers × items, weighed so that an interaction counts half as much for every so many days of age. */
export type Weigh = (halfLifeDays: number) => SparseMatrix;

/**
 * Customers × items: Σ over interactions of kindWeight · 2^(−age / halfLife), at most 1 a pair. A pair whose returns
 * outweigh the rest is left out. Time O(interactions · log(items of a customer)) once and O(interactions) a half-life, memory O(interactions).
 */
export function createWeigher(
  log: InteractionLog,
  customerCount: number,
  itemCount: number,
  params: WeighingParams,
): Weigh {
  const { cutoffDay, kindWeights, mostPerCustomer } = params;
  const heard = new Int32Array(customerCount);
  const end = endBefore(log.day, cutoffDay);
  const chosen = new Int32Array(end);
  let count = 0;
  for (let at = end - 1; at >= 0; at--) if (heard[log.customer[at]]++ < mostPerCustomer) chosen[count++] = at;
  const entries = chosen.subarray(0, count);
  const pairs = buildIncidence(
    entries.map((at) => log.customer[at]),
    entries.map((at) => log.item[at]),
    customerCount,
    itemCount,
  );
  const pairOf = entries.map((at) => findPair(pairs, log.customer[at], log.item[at]));
  const oldest = count === 0 ? 0 : cutoffDay - 1 - log.day[entries[count - 1]];
  return (halfLifeDays) => {
    const sums = new Float64Array(pairs.colIdx.length);
    const decay = Float64Array.from({ length: oldest + 1 }, (_, age) => 2 ** (-age / halfLifeDays));
    for (let place = 0; place < count; place++) {
      const at = entries[place];
      sums[pairOf[place]] += kindWeights[log.kind[at]] * decay[cutoffDay - 1 - log.day[at]];
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
  const lines = findPurchases(log, 0, cutoffDay);
  return buildIncidence(
    lines.map((at) => log.customer[at]),
    lines.map((at) => log.item[at]),
    customerCount,
    itemCount,
  );
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
