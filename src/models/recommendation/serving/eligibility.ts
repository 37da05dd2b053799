import type { RemovedItem } from "../recommender.ts";
import { NO_FROM, NO_UNTIL, type OfferTable } from "./release-catalogue.ts";

/** Why an item may not be shown: a bit each. */
export const BAR = { outOfStock: 1, notSellable: 2, notShippable: 4, hidden: 8, notAvailable: 16 } as const;

/** The first filter that an item fails, by its bits; others than those of `BAR` are the request's own. */
export function nameBar(bits: number): RemovedItem["reason"] {
  if ((bits & BAR.outOfStock) !== 0) return "out-of-stock";
  if ((bits & BAR.notSellable) !== 0) return "not-sellable";
  if ((bits & BAR.notShippable) !== 0) return "not-shippable";
  if ((bits & BAR.hidden) !== 0) return "hidden";
  return (bits & BAR.notAvailable) !== 0 ? "not-available" : "excluded";
}

/** What may be shown in a market on a day, by item number. */
export interface MarketView {
  /** The bits of `BAR` an item fails by; 0 may be shown. */
  readonly barred: Uint8Array;
}

export interface Eligibility {
  /**
   * `market` undefined: a shopper of unknown country is shown what may be sold in some market. `day` counts from
   * 1970-01-01. Computed once a market and day, O(items + offers); callers must not write to it.
   */
  forMarket(market: string | undefined, day: number): MarketView;
}

/** Masks shared by all markets that no offer names, and by shoppers of unknown country. */
const ANY_OTHER = "";
const UNKNOWN = "*";

/**
 * Turns offers into masks. A row of a market speaks first, the row of all markets where that says nothing; no row at all
 * means it may be sold. Stock is the market's plus that of all markets; unknown stock is stock enough.
 * `itemOf` gives the number of each offer's item, −1 for items that are never recommended.
 */
export function createEligibility(offers: OfferTable, itemOf: Int32Array, itemCount: number): Eligibility {
  // The texts of the table are not held on to.
  const { sellable, shippable, hidden, fromDay, untilDay, stockUnits } = offers;
  const general = new Int32Array(itemCount).fill(-1);
  const rowsByMarket = new Map<string, number[]>();
  for (let row = 0; row < itemOf.length; row++) {
    const item = itemOf[row] as number;
    if (item < 0) continue;
    const market = offers.market[row] as string;
    if (market === ANY_OTHER) {
      general[item] = row;
      continue;
    }
    const rows = rowsByMarket.get(market);
    if (rows === undefined) rowsByMarket.set(market, [row]);
    else rows.push(row);
  }

  /** Bits of a row of a market (−1 for none) over the row of all markets (−1 for none). */
  const bitsOf = (own: number, all: number, day: number): number => {
    const pick = (column: Int32Array, unknown: number): number => {
      const value = own < 0 ? unknown : (column[own] as number);
      return value !== unknown || all < 0 ? value : (column[all] as number);
    };
    const stockOwn = own < 0 ? Number.NaN : (stockUnits[own] as number);
    const stockAll = all < 0 ? Number.NaN : (stockUnits[all] as number);
    const isStockKnown = !Number.isNaN(stockOwn) || !Number.isNaN(stockAll);
    const stock = (Number.isNaN(stockOwn) ? 0 : stockOwn) + (Number.isNaN(stockAll) ? 0 : stockAll);
    return (
      (isStockKnown && stock <= 0 ? BAR.outOfStock : 0) |
      (pick(sellable, -1) === 0 ? BAR.notSellable : 0) |
      (pick(shippable, -1) === 0 ? BAR.notShippable : 0) |
      (pick(hidden, -1) === 1 ? BAR.hidden : 0) |
      (day < pick(fromDay, NO_FROM) || day > pick(untilDay, NO_UNTIL) ? BAR.notAvailable : 0)
    );
  };

  const compute = (key: string, day: number): Uint8Array => {
    const barred = new Uint8Array(itemCount);
    for (let item = 0; item < itemCount; item++) {
      const all = general[item] as number;
      if (all >= 0) barred[item] = bitsOf(-1, all, day);
    }
    if (key !== UNKNOWN) {
      for (const row of rowsByMarket.get(key) ?? []) {
        const item = itemOf[row] as number;
        barred[item] = bitsOf(row, general[item] as number, day);
      }
      return barred;
    }
    // Somewhere it must be free of every bar; what bars it everywhere is told by all its bits.
    const inMarkets = new Int16Array(itemCount).fill(-1);
    for (const rows of rowsByMarket.values()) {
      for (const row of rows) {
        const item = itemOf[row] as number;
        const bits = bitsOf(row, general[item] as number, day);
        const before = inMarkets[item] as number;
        inMarkets[item] = before === 0 || bits === 0 ? 0 : (before < 0 ? 0 : before) | bits;
      }
    }
    for (let item = 0; item < itemCount; item++) {
      const bits = inMarkets[item] as number;
      if (bits > 0) barred[item] = (barred[item] as number) | bits;
      // Stock that lies in the markets is stock, whatever the row of all markets has.
      else if (bits === 0) barred[item] = (barred[item] as number) & ~BAR.outOfStock;
    }
    return barred;
  };

  const cache = new Map<string, { day: number; view: MarketView }>();
  return {
    forMarket: (market, day) => {
      const key = market === undefined ? UNKNOWN : rowsByMarket.has(market) ? market : ANY_OTHER;
      const known = cache.get(key);
      if (known !== undefined && known.day === day) return known.view;
      const view = { barred: compute(key, day) };
      cache.set(key, { day, view });
      return view;
    },
  };
}
