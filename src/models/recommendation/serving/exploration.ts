import { drawClickRates } from "../../../algorithms/experiments/draw-click-rates.ts";
import { exploreList } from "../../../algorithms/experiments/explore-list.ts";
import { createRng } from "../../../core/rng.ts";
import type { CandidatePool } from "./candidate-pool.ts";
import type { ItemFacts } from "./item-facts.ts";
import type { ReleaseCatalogue } from "./release-catalogue.ts";

/** How a list tries what its model would not show. */
export interface Exploration {
  /** `epsilon` takes stand-ins alike; `thompson` those whose clicks so far promise most. */
  readonly method: "epsilon" | "thompson";
  /** With which probability each place explores, 0 to 1. */
  readonly share: number;
}

/** Draws that stand for what is believed of an item's click rate. */
const BELIEFS = 32;
/** How many impressions the click rate of all items counts as for each of them. */
const PRIOR_IMPRESSIONS = 20;

export type Explorer = (
  pool: CandidatePool,
  order: Int32Array,
  request: { readonly exploration: Exploration; readonly seed: number; readonly keepsCategories: boolean },
) => { readonly order: Int32Array; readonly propensities: Float64Array };

/**
 * Makes what replaces places of a list by other candidates of the pool, with the probability of each. Where categories are capped
 * a place's stand-ins are of its own category, so that the cap holds. O(pool) an answer; what is believed of an item is drawn
 * once, with a seed of its own.
 */
export function createExplorer(
  clicks: ReleaseCatalogue["clicks"],
  itemOfClicks: Int32Array,
  facts: ItemFacts,
): Explorer {
  const countsOf = new Map<number, { impressions: number; clicks: number }>();
  const total = { impressions: 0, clicks: 0 };
  itemOfClicks.forEach((item, row) => {
    const counts = { impressions: clicks.impressions[row] as number, clicks: clicks.clicks[row] as number };
    total.impressions += counts.impressions;
    total.clicks += counts.clicks;
    if (item >= 0) countsOf.set(item, counts);
  });
  // One click in fifty until lists say more.
  const prior = { mean: (total.clicks + 1) / (total.impressions + 50), weight: PRIOR_IMPRESSIONS };
  const known = new Map<number, Float64Array>();
  const believe = (item: number): Float64Array => {
    const beliefs =
      known.get(item) ??
      drawClickRates(countsOf.get(item) ?? { impressions: 0, clicks: 0 }, prior, BELIEFS, createRng(item + 1));
    known.set(item, beliefs);
    return beliefs;
  };
  return (pool, order, { exploration, seed, keepsCategories }) => {
    const isShown = new Uint8Array(pool.size);
    for (const at of order) isShown[at] = 1;
    const others = Array.from({ length: pool.size }, (_, at) => at).filter((at) => isShown[at] === 0);
    const itemAt = (at: number): number => pool.items[at] as number;
    const { shown, propensities } = exploreList(
      {
        greedy: order,
        others,
        share: exploration.share,
        groupOf: keepsCategories ? (at) => facts.categoryNumber[itemAt(at)] as number : undefined,
        beliefsOf: exploration.method === "thompson" ? (at) => believe(itemAt(at)) : undefined,
      },
      createRng(seed),
    );
    return { order: shown, propensities };
  };
}
