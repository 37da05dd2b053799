import type { IsoDate } from "../../core/dates.ts";
import type { Session } from "../../warehouse/database.ts";
import { readSql } from "../../warehouse/read-sql.ts";

/** Baskets as numbers. Items, customers and segments (a store's market) are numbered over all stores. */
export interface BasketData {
  readonly items: {
    readonly store: readonly string[];
    readonly id: readonly string[];
    readonly title: readonly string[];
  };
  readonly customers: {
    readonly store: readonly string[];
    readonly id: readonly string[];
    /** Market of the latest order. */
    readonly market: readonly string[];
  };
  readonly segments: { readonly store: readonly string[]; readonly market: readonly string[] };
  readonly lines: BasketLines;
}

/** A line is an item in a basket; ordered by day. */
export interface BasketLines {
  readonly basket: Int32Array;
  readonly item: Int32Array;
  /** −1 where the customer is unknown. */
  readonly customer: Int32Array;
  readonly segment: Int32Array;
  /** Days since 1970-01-01. */
  readonly day: Int32Array;
}

/** Reads everything sold up to `asOf`, O(lines) time and memory. */
export async function readBasketData(session: Session, asOf: IsoDate): Promise<BasketData> {
  const read = (name: string) => session.columns(readSql(`models/recommendation/${name}`), { as_of: asOf });
  const items = await read("list_items");
  const customers = await read("list_customers");
  const segments = await read("list_segments");
  const lines = await read("list_basket_lines");
  // The columns read here are never NULL in the marts.
  const text = (table: typeof items, name: string) => table.text(name) as readonly string[];
  return {
    items: { store: text(items, "store_id"), id: text(items, "product_id"), title: text(items, "title") },
    customers: {
      store: text(customers, "store_id"),
      id: text(customers, "customer_id"),
      market: text(customers, "market_id"),
    },
    segments: { store: text(segments, "store_id"), market: text(segments, "market_id") },
    lines: {
      basket: lines.int32("basket"),
      item: lines.int32("item"),
      customer: lines.int32("customer"),
      segment: lines.int32("segment"),
      day: lines.int32("day"),
    },
  };
}

/** The lines of the days before `cutoffDay`: the leakage boundary of every fit in a backtest. Views, no copies. */
export function linesBefore(lines: BasketLines, cutoffDay: number): BasketLines {
  let end = lines.day.length;
  while (end > 0 && (lines.day[end - 1] as number) >= cutoffDay) end--;
  return sliceLines(lines, 0, end);
}

/** The lines from `fromDay` on, up to the day before `untilDay`. */
export function linesBetween(lines: BasketLines, fromDay: number, untilDay: number): BasketLines {
  const before = linesBefore(lines, untilDay);
  return sliceLines(before, linesBefore(before, fromDay).day.length, before.day.length);
}

/** 1 for items sold before `cutoffDay`. */
export function markKnownItems({ items, lines }: BasketData, cutoffDay: number): Uint8Array {
  const isKnown = new Uint8Array(items.id.length);
  for (const item of linesBefore(lines, cutoffDay).item) isKnown[item] = 1;
  return isKnown;
}

function sliceLines(lines: BasketLines, from: number, to: number): BasketLines {
  return {
    basket: lines.basket.subarray(from, to),
    item: lines.item.subarray(from, to),
    customer: lines.customer.subarray(from, to),
    segment: lines.segment.subarray(from, to),
    day: lines.day.subarray(from, to),
  };
}
