import { groupPlaces } from "../../core/group-places.ts";
import { estimateCrossElasticity, type CrossRefusal } from "../../algorithms/pricing/estimate-cross-elasticity.ts";
import type { Elasticity } from "../../algorithms/pricing/estimate-elasticity.ts";
import { poolElasticities, shrinkElasticity } from "../../algorithms/pricing/pool-elasticities.ts";
import type { ProductPrices } from "./price-histories.ts";

/** NaN with the refusal where nothing tells. */
export interface CrossElasticity extends Elasticity {
  readonly refusal: CrossRefusal | undefined;
}

/** Products that a category needs before one of them can be held against the others. */
const LEAST_PRODUCTS = 3;
/** Own estimates that a category needs to speak for a product whose history cannot tell. */
const LEAST_GROUP = 5;
/** Share of a store's units outside the category from which these can tell the season. */
const LEAST_OUTSIDE = 0.2;

/**
 * How each product's demand answers to the prices of the others of its category, weighted by what they sell for; own
 * estimates are drawn to the category's mean. A product whose history cannot tell gets that mean, unless its category is
 * unknown, too small, or never changed its prices. O(products · weeks).
 */
export function estimateCross(products: readonly ProductPrices[]): CrossElasticity[] {
  const results: CrossElasticity[] = products.map(() => refuse("category-unknown"));
  const stores = groupPlaces(products, ({ store }) => store);
  for (const store of stores.values()) {
    const storeUnits = sumUnits(store.map((at) => products[at] as ProductPrices));
    const categories = groupPlaces(products, ({ category }) => category, store);
    for (const [category, members] of categories) {
      if (category === "") continue;
      if (members.length < LEAST_PRODUCTS) {
        for (const at of members) results[at] = refuse("category-too-small");
        continue;
      }
      const parts = members.map((at) => products[at] as ProductPrices);
      estimateCategory(parts, storeUnits).forEach((found, place) => {
        results[members[place] as number] = found;
      });
    }
  }
  return results;
}

function estimateCategory(parts: readonly ProductPrices[], storeUnits: Float64Array): CrossElasticity[] {
  const season = measureOutsideSeason(storeUnits, sumUnits(parts));
  const rests = listRestPrices(parts);
  const own = parts.map(({ history }, place) => {
    const weeks = history.units.length;
    return estimateCrossElasticity(
      { ...history, season: season.subarray(season.length - weeks) },
      rests[place] as Float64Array,
    );
  });
  const told = own.filter((found) => typeof found !== "string");
  const pooled = poolElasticities(told);
  return own.map((found) => {
    if (typeof found !== "string") return { ...(pooled ? shrinkElasticity(found, pooled) : found), refusal: undefined };
    const isSpokenFor = pooled !== undefined && told.length >= LEAST_GROUP && found !== "other-prices-never-varied";
    return isSpokenFor ? { ...shrinkElasticity(undefined, pooled), refusal: found } : refuse(found);
  });
}

/** For each product the mean of the others' log prices, each less its own mean, weighted by sales; aligned at their ends. */
function listRestPrices(parts: readonly ProductPrices[]): Float64Array[] {
  const weeks = Math.max(...parts.map(({ history }) => history.units.length));
  const [sums, weights] = [new Float64Array(weeks), new Float64Array(weeks)];
  const each = parts.map(({ history: { units, price } }) => {
    const logs = price.map(Math.log);
    const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
    const weight = units.reduce((sum, sold, week) => sum + sold * (price[week] as number), 0) / units.length;
    logs.forEach((log, week) => {
      const at = weeks - logs.length + week;
      sums[at] = (sums[at] as number) + weight * (log - mean);
      weights[at] = (weights[at] as number) + weight;
    });
    return { logs, mean, weight };
  });
  return each.map(({ logs, mean, weight }) =>
    logs.map((log, week) => {
      const at = weeks - logs.length + week;
      const left = (weights[at] as number) - weight;
      return left > 0 ? ((sums[at] as number) - weight * (log - mean)) / left : 0;
    }),
  );
}

/** Log of each week's units outside the category over their mean; zeros where the category is nearly all there is. */
function measureOutsideSeason(store: Float64Array, category: Float64Array): Float64Array {
  const inside = (week: number): number => category[week - (store.length - category.length)] ?? 0;
  const outside = store.map((units, week) => units - inside(week));
  const total = outside.reduce((sum, units) => sum + units, 0);
  const all = store.reduce((sum, units) => sum + units, 0);
  if (!(total > LEAST_OUTSIDE * all)) return new Float64Array(store.length);
  const mean = total / store.length;
  return outside.map((units) => Math.log(Math.max(units, 1) / mean));
}

/** Units a week of all, aligned at their ends. */
function sumUnits(parts: readonly ProductPrices[]): Float64Array {
  const weeks = Math.max(0, ...parts.map(({ history }) => history.units.length));
  const sums = new Float64Array(weeks);
  for (const { history } of parts) {
    const late = weeks - history.units.length;
    history.units.forEach((units, week) => {
      sums[late + week] = (sums[late + week] as number) + units;
    });
  }
  return sums;
}

function refuse(refusal: CrossRefusal): CrossElasticity {
  return { elasticity: Number.NaN, error: Number.NaN, refusal };
}
