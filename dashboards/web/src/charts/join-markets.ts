import type { CatalogueAnswer, MetricCell } from "../api-types.ts";

/** A market's value beside the shape it is drawn on. */
export interface MarketOnMap {
  readonly market: string;
  /** Name of the shape on the map: the ISO 3166 numeric code. */
  readonly shape: string;
  readonly value: number;
}

export interface JoinedMarkets {
  readonly onMap: readonly MarketOnMap[];
  /** Markets with a value whose land is too small for the map, or that are no country; listed below it. */
  readonly offMap: readonly { readonly market: string; readonly value: number }[];
}

/** Puts each market's value on its shape. Markets without a value are on neither list. */
export function joinMarkets(
  values: readonly { readonly market: MetricCell; readonly value: MetricCell }[],
  markets: CatalogueAnswer["markets"],
  shapes: ReadonlySet<string>,
): JoinedMarkets {
  const codes = new Map(markets.map((market) => [market.id, market.isoNumeric]));
  const onMap: MarketOnMap[] = [];
  const offMap: { market: string; value: number }[] = [];
  for (const { market, value } of values) {
    if (typeof value !== "number" || market === null) continue;
    const id = String(market);
    const shape = codes.get(id);
    if (typeof shape === "string" && shapes.has(shape)) onMap.push({ market: id, shape, value });
    else offMap.push({ market: id, value });
  }
  return { onMap, offMap };
}
