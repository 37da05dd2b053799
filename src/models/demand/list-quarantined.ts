import type { PublishedSeries } from "./artefacts.ts";
import type { DemandSeries } from "./demand-series.ts";
import type { EndedSeries } from "./ended-series.ts";

/** Series that a card names; it counts all. */
export const NAMED_AT_MOST = 50;
/** Series that the run's report names. */
const REPORTED_AT_MOST = 5;

/** A series whose forecast is not the one it should have, and why. */
export interface QuarantinedSeries extends Pick<DemandSeries, "store" | "product" | "category" | "market"> {
  readonly method: string;
  readonly reason: string;
}

/** Forecasts that fell back, and what ended because none of its demand is believed. */
export function listQuarantined(
  published: readonly PublishedSeries[],
  ended: readonly EndedSeries[],
): QuarantinedSeries[] {
  const pick = ({ store, product, category, market }: QuarantinedSeries | EndedSeries | DemandSeries) => ({
    store,
    product,
    category,
    market,
  });
  const fallen = published.flatMap(({ series, forecast: { method, reason } }) =>
    reason === undefined ? [] : [{ ...pick(series), method, reason }],
  );
  const over = ended.flatMap((one) =>
    one.suspicion === "" ? [] : [{ ...pick(one), method: "ended", reason: one.suspicion }],
  );
  return [...fallen, ...over];
}

/** One sentence a trouble, for the run's report; nothing where there is none. */
export function describeQuarantine(
  quarantined: readonly QuarantinedSeries[],
  portfolioFailure: string | undefined,
): { readonly remark?: string } {
  const named = quarantined.slice(0, REPORTED_AT_MOST).map((one) => {
    const goods = one.product !== "" ? `product "${one.product}"` : one.category !== "" ? one.category : "all products";
    return `${goods} in ${one.market === "" ? "all markets" : one.market} of ${one.store}: ${one.reason} (${one.method})`;
  });
  const rest = quarantined.length - named.length;
  const parts = [
    ...(portfolioFailure === undefined ? [] : [`no portfolio of products: ${portfolioFailure}`]),
    ...named,
    ...(rest > 0 ? [`and ${rest} series more`] : []),
  ];
  return parts.length > 0 ? { remark: parts.join("; ") } : {};
}
