import { measureTrend } from "../../algorithms/recommendation/measure-trend.ts";
import { findPurchases } from "../../algorithms/recommendation/weigh-interactions.ts";
import { buildIncidence, type Incidence } from "../../algorithms/sparse/incidence.ts";
import type { Knowledge } from "./holdout.ts";
import type { TrendParams } from "./params.ts";
import type { StoreLog } from "./store-log.ts";

/**
 * What the trend of each item adds to its standardised scores; undefined where none was chosen. Reads nothing of `cutoffDay` or
 * later. O(interactions).
 */
export function trendOffsets(
  { log, customers, items }: StoreLog,
  { owned, isOpen }: Knowledge,
  cutoffDay: number,
  trend: TrendParams | undefined,
): Float32Array | undefined {
  if (trend === undefined) return undefined;
  const lines = findPurchases(log, cutoffDay - trend.windowDays, cutoffDay);
  const recent = buildIncidence(
    lines.map((at) => log.customer[at] as number),
    lines.map((at) => log.item[at] as number),
    customers.length,
    items.length,
  );
  return measureTrend(countBuyers(recent), countBuyers(owned), isOpen).map((value) => value * trend.weight);
}

function countBuyers({ colIdx, colCount }: Incidence): Int32Array {
  const buyers = new Int32Array(colCount);
  for (const item of colIdx) buyers[item] = (buyers[item] as number) + 1;
  return buyers;
}
