import { decodeArrow, encodeArrow } from "../../warehouse/arrow-table.ts";
import type { DemandSeries } from "./demand-series.ts";

/** What has not been demanded for so long that nothing is expected of it, and why that may be. */
export interface EndedSeries extends Pick<DemandSeries, "store" | "product" | "category" | "market"> {
  /** Weeks since the last one with demand; as long as the series where it never had any that is believed. */
  readonly weeksAgo: number;
  /** What is suspected of it; "" where nothing is. */
  readonly suspicion: string;
}

export function describeEnded({ values, suspicion = "", ...series }: DemandSeries): EndedSeries {
  const { store, product, category, market } = series;
  let weeksAgo = 0;
  while (weeksAgo < values.length && !((values[values.length - 1 - weeksAgo] as number) > 0)) weeksAgo++;
  return { store, product, category, market, weeksAgo, suspicion };
}

export function encodeEnded(ended: readonly EndedSeries[]): Uint8Array {
  return encodeArrow({
    store: ended.map(({ store }) => store),
    product: ended.map(({ product }) => product),
    category: ended.map(({ category }) => category),
    market: ended.map(({ market }) => market),
    weeksAgo: Int32Array.from(ended, ({ weeksAgo }) => weeksAgo),
    suspicion: ended.map(({ suspicion }) => suspicion),
  });
}

export function decodeEnded(bytes: Uint8Array): EndedSeries[] {
  const table = decodeArrow(bytes);
  const names = ["store", "product", "category", "market", "suspicion"].map((name) => table.text(name));
  const weeksAgo = table.int32("weeksAgo");
  return Array.from({ length: table.rowCount }, (_, row) => {
    // Every column has a text a row.
    const [store, product, category, market, suspicion] = names.map((texts) => texts[row]) as [
      string,
      string,
      string,
      string,
      string,
    ];
    return { store, product, category, market, suspicion, weeksAgo: weeksAgo[row] as number };
  });
}
