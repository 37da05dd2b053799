import { countDecayedPopularity } from "../../algorithms/recommendation/count-decayed-popularity.ts";
import { findPurchases } from "../../algorithms/recommendation/weigh-interactions.ts";
import { selectTopK } from "../../algorithms/selection/select-top-k.ts";
import type { Holdout } from "./holdout.ts";
import type { StoreLog } from "./store-log.ts";

/**
 * The baseline: for each customer of the window the `keep` items most bought of late in the customer's market, own
 * purchases left out. Row-major, −1 for none. Reads nothing of `cutoffDay` or later.
 */
export function listPopular(
  data: StoreLog,
  holdout: Holdout,
  cutoffDay: number,
  halfLifeDays: number,
  keep: number,
): Int32Array {
  const { customer, item, day } = data.log;
  const markets = [...new Set(data.markets)];
  const marketOf = data.markets.map((market) => markets.indexOf(market));
  const lines = findPurchases(data.log, 0, cutoffDay);
  const itemCount = data.items.length;
  const popularity = countDecayedPopularity(
    lines.map((at) => item[at] as number),
    lines.map((at) => marketOf[customer[at] as number] as number),
    lines.map((at) => cutoffDay - 1 - (day[at] as number)),
    { itemCount, segmentCount: markets.length },
    halfLifeDays,
  );
  const { perRow, isOpen } = holdout.closed;
  const open = [...isOpen.keys()].filter((id) => isOpen[id] === 1);
  const ranked = markets.map((_, market) =>
    selectTopK(popularity.subarray(market * itemCount, (market + 1) * itemCount), open, open.length),
  );
  const lists = new Int32Array(holdout.users.length * keep).fill(-1);
  holdout.users.forEach((user, row) => {
    const owned = new Set(perRow.colIdx.subarray(perRow.rowPtr[row], perRow.rowPtr[row + 1]));
    let place = row * keep;
    for (const id of ranked[marketOf[user] as number] ?? []) {
      if (place === (row + 1) * keep) break;
      if (!owned.has(id)) lists[place++] = id;
    }
  });
  return lists;
}
