import { rakeForecasts } from "../../algorithms/forecasting/reconciliation/rake-forecasts.ts";
import { buildSummingStructure } from "../../algorithms/forecasting/reconciliation/summing-structure.ts";
import { type DemandSeries, levelOf } from "./demand-series.ts";
import type { StepForecast } from "./forecast-demand.ts";
import type { NewcomerShares } from "./newcomer-share.ts";

/**
 * Weekly forecasts that add up: products in markets to products, to categories in markets, categories, markets and the store. The
 * forecast of the store stands, those below are scaled to it, and what they ask for is spread in proportion to what is expected:
 * sums are forecast best, and they know the season. A share of each market goes to newcomers, which sums hold and no series does.
 *
 * Input: series and their base forecasts, in order, and the share of newcomers by market; output the forecasts with new means and
 * scales of at least a count's.
 */
export function reconcileWeeks(
  all: readonly DemandSeries[],
  base: readonly StepForecast[],
  newcomerShare: NewcomerShares,
): StepForecast[] {
  const coherent = base.slice();
  for (const store of new Set(all.map((series) => series.store))) {
    const positions = new Map<string, number>();
    all.forEach((series, at) => {
      if (series.store === store) positions.set(keyOf(series), at);
    });
    reconcileStore(all, positions, base, (market) => newcomerShare(store, market), coherent);
  }
  return coherent;
}

function reconcileStore(
  all: readonly DemandSeries[],
  positions: ReadonlyMap<string, number>,
  base: readonly StepForecast[],
  newcomers: (market: string) => number,
  coherent: StepForecast[],
): void {
  const bottom = [...positions.values()].filter((at) => levelOf(all[at] as DemandSeries) === "productMarket");
  if (bottom.length === 0) return;
  const sold = bottom.map((at) => all[at] as DemandSeries);
  const markets = [...new Set(sold.map(({ market }) => market))];
  const marketOf = new Map(markets.map((market, at) => [market, at]));
  const members = [...sold, ...markets.map((market) => ({ product: NEWCOMERS, category: "", market }))];
  const nodes: (number | undefined)[] = [...bottom, ...markets.map(() => undefined)];
  const levels = LEVELS.map((project) => {
    const groups = new Map<string, number>();
    return Int32Array.from(members, (series) => {
      const key = project(series);
      const group = groups.get(key) ?? groups.size;
      if (group === groups.size) {
        groups.set(key, group);
        nodes.push(positions.get(key));
      }
      return group;
    });
  });
  const structure = buildSummingStructure(members.length, levels);
  const horizon = (base[bottom[0] as number] as StepForecast).mean.length;
  // Units of newcomers a unit of those that are known.
  const perUnit = markets.map((market) => newcomers(market) / (1 - newcomers(market)));
  const means = nodes.map(() => new Float64Array(horizon));
  for (let step = 0; step < horizon; step++) {
    const known = Float64Array.from(nodes, (at) =>
      at === undefined ? Number.NaN : ((base[at] as StepForecast).mean[step] as number),
    );
    const perMarket = new Float64Array(markets.length);
    sold.forEach(({ market }, at) => (perMarket[marketOf.get(market) as number]! += known[at] as number));
    perMarket.forEach((sum, at) => (known[bottom.length + at] = sum * (perUnit[at] as number)));
    rakeForecasts(structure, known).forEach((value, node) => ((means[node] as Float64Array)[step] = value));
  }
  nodes.forEach((at, node) => {
    if (at === undefined) return;
    const { scale, ...kept } = base[at] as StepForecast;
    const mean = means[node] as Float64Array;
    coherent[at] = {
      ...kept,
      mean,
      scale: scale.map((value, step) => Math.max(value, Math.sqrt(mean[step] as number))),
    };
  });
}

const keyOf = ({ product, category, market }: Pick<DemandSeries, "product" | "category" | "market">): string =>
  JSON.stringify([product, category, market]);

/** Stands for the products that have not sold yet; no product has this name. */
const NEWCOMERS = "\n";

/** What a product in a market is part of; that of products without a category is a sum that is not published. */
const LEVELS: readonly ((bottom: Pick<DemandSeries, "product" | "category" | "market">) => string)[] = [
  ({ product, category }) => keyOf({ product, category, market: "" }),
  ({ category, market }) => (category === "" ? `none ${market}` : keyOf({ product: "", category, market })),
  ({ category }) => (category === "" ? "none" : keyOf({ product: "", category, market: "" })),
  ({ market }) => keyOf({ product: "", category: "", market }),
  () => keyOf({ product: "", category: "", market: "" }),
];
