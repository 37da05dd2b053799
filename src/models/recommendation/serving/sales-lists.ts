import { selectTopK } from "../../../algorithms/selection/select-top-k.ts";
import type { PopularList } from "../fit-recommender.ts";
import type { PopularWindow } from "../recommender.ts";
import type { ReleaseCatalogue } from "./release-catalogue.ts";

const LONGEST = 300;

/** Popular and trending lists from the daily sales of a release. */
export interface SalesLists {
  /** `market` undefined: all markets of the store. Made when first asked for, then kept. */
  popular(store: string, market: string | undefined, window: PopularWindow): PopularList;
  trending(store: string, market: string | undefined): PopularList;
  /** Units of the last 90 days by item, over all markets: what to show when nothing else speaks. */
  readonly units: Float64Array;
}

/** `itemOf` gives the item number of each row of sales, −1 for items that are never recommended. */
export function createSalesLists(sales: ReleaseCatalogue["sales"], itemOf: Int32Array, itemCount: number): SalesLists {
  const lists = new Map<string, PopularList>();
  const units = new Float64Array(itemCount);
  const rowsByPlace = new Map<string, number[]>();
  const { units7, units30, units90, unitsBefore } = sales;
  // A loop without closures: what a closure reads here would be held on to, texts and all.
  for (let row = 0; row < itemOf.length; row++) {
    const item = itemOf[row] as number;
    if (item < 0) continue;
    units[item] = (units[item] as number) + (units90[row] as number);
    for (const market of [undefined, sales.market[row]]) {
      const place = keyOf(sales.store[row] as string, market);
      const rows = rowsByPlace.get(place);
      if (rows === undefined) rowsByPlace.set(place, [row]);
      else rows.push(row);
    }
  }

  const sum = (rows: readonly number[], column: Float64Array): Map<number, number> => {
    const totals = new Map<number, number>();
    for (const row of rows) {
      const value = column[row] as number;
      const item = itemOf[row] as number;
      if (value > 0) totals.set(item, (totals.get(item) ?? 0) + value);
    }
    return totals;
  };
  const make = (key: string, scoresOf: () => Map<number, number>): PopularList => {
    const known = lists.get(key);
    if (known !== undefined) return known;
    const scores = scoresOf();
    const all = new Float64Array(itemCount);
    for (const [item, score] of scores) all[item] = score;
    const items = selectTopK(all, Int32Array.from(scores.keys()), LONGEST);
    const list = { items, scores: Float64Array.from(items, (item) => all[item] as number) };
    lists.set(key, list);
    return list;
  };

  return {
    units,
    popular: (store, market, window) => {
      const place = keyOf(store, market);
      // Unknown markets are not kept: anybody can name one.
      const rows = rowsByPlace.get(place);
      if (rows === undefined) return { items: new Int32Array(0), scores: new Float64Array(0) };
      const column = window === 7 ? units7 : window === 30 ? units30 : units90;
      return make(`${place} ${window}`, () => sum(rows, column));
    },
    trending: (store, market) => {
      const place = keyOf(store, market);
      const rows = rowsByPlace.get(place);
      if (rows === undefined) return { items: new Int32Array(0), scores: new Float64Array(0) };
      return make(`${place} trend`, () => {
        const before = sum(rows, unitsBefore);
        const rises = new Map<number, number>();
        for (const [item, now] of sum(rows, units7)) {
          // A quarter of 28 days is what 7 would bring; a Poisson count strays by its root.
          const usual = (before.get(item) ?? 0) / 4;
          rises.set(item, (now - usual) / Math.sqrt(usual + 1));
        }
        return rises;
      });
    },
  };
}

function keyOf(store: string, market: string | undefined): string {
  return JSON.stringify([store, market ?? null]);
}
