import type { PanelSeries } from "./panel-types.ts";

/** Share of the series of a pool that may have fewer sales than the histories of its cases must. */
const STRAY_SHARE = 0.01;
/** Where fewer than this share of the origins would be left, all are taken. */
const LEAST_KEPT = 0.5;

/**
 * First origin of each series at which it had sold as often as all but a hundredth of the pool have by the end: O(all values).
 *
 * A panel holds the products that had sold some number of times when it was drawn. Seen from an origin before it had, a
 * product is in the panel only because it is going to sell: forecasts learned or weighed there expect too much, and by
 * a rate that the products forecast do not have. Source of the concern: Heckman (1979), selection on the outcome.
 */
export function admitOrigins(pool: readonly PanelSeries[]): Int32Array {
  const counts = Float64Array.from(pool, ({ values }) =>
    values.reduce((sales, value) => sales + (value === 0 ? 0 : 1), 0),
  ).sort();
  const least = counts[Math.floor(STRAY_SHARE * counts.length)];
  return Int32Array.from(pool, ({ values }) => {
    let sales = 0;
    for (let t = 0; t < values.length; t++) {
      if (sales >= least) return t;
      if (values[t] !== 0) sales++;
    }
    return values.length;
  });
}

/** The origins that are admitted, or all where hardly any would be left. */
export function keepAdmitted<T extends { readonly index: number; readonly origin: number }>(
  origins: readonly T[],
  first: Int32Array | undefined,
): readonly T[] {
  if (first === undefined) return origins;
  const kept = origins.filter(({ index, origin }) => origin >= first[index]);
  return kept.length >= LEAST_KEPT * origins.length ? kept : origins;
}
