import { createNeighbourScorer } from "../../algorithms/recommendation/score-by-neighbours.ts";
import { blendBasketRules, indexRules } from "../../algorithms/recommendation/blend-basket-rules.ts";
import type { FittedRecommender, PopularList } from "./fit-recommender.ts";

/** Purchases of a customer that speak; older ones are only left out of the list. Bounds the time of an answer. */
const LONGEST_HISTORY = 200;

export interface RankedItem {
  readonly item: number;
  readonly score: number;
  /** The item that spoke loudest, or undefined where popularity filled the list. */
  readonly because: number | undefined;
  readonly support: number;
}

export interface ItemRanker {
  /** For given items, all of the same store; filled up with `popular` when there is too little evidence. */
  byItems(given: readonly number[], popular: PopularList, n: number): RankedItem[];
  byCustomer(customer: number, popular: PopularList, n: number): RankedItem[];
  byPopularity(popular: PopularList, n: number, excluded?: ArrayLike<number>): RankedItem[];
}

/**
 * Ranks items by numbers. The backtest and the answers share it, so that what is measured is what is served.
 * Keeps scratch arrays: one ranker serves one thread.
 */
export function createItemRanker(fitted: FittedRecommender): ItemRanker {
  const score = createNeighbourScorer(fitted.neighbours);
  const book = indexRules(fitted.rules, fitted.neighbours.itemCount);
  const scoreBasket = blendBasketRules(score, fitted.rules, book, fitted.ruleWeight);
  const { rowPtr, item, weight } = fitted.histories;

  const rank = (
    given: ArrayLike<number>,
    weights: ArrayLike<number> | undefined,
    excluded: ArrayLike<number>,
    popular: PopularList,
    n: number,
    scorer = score,
  ): RankedItem[] => {
    const scored = scorer({ given, weights, excluded, n });
    const ranked = Array.from(scored.items, (id, at): RankedItem => ({
      item: id,
      score: scored.scores[at] as number,
      because: scored.because[at] as number,
      support: scored.becauseSupport[at] as number,
    }));
    if (ranked.length === n) return ranked;
    const known = [...Array.from(excluded), ...scored.items];
    return [...ranked, ...byPopularity(popular, n - ranked.length, known)];
  };

  const byPopularity: ItemRanker["byPopularity"] = (popular, n, excluded = []) => {
    const isExcluded = new Set(Array.from(excluded));
    const ranked: RankedItem[] = [];
    for (let at = 0; at < popular.items.length && ranked.length < n; at++) {
      const id = popular.items[at] as number;
      if (!isExcluded.has(id))
        ranked.push({ item: id, score: popular.scores[at] as number, because: undefined, support: 0 });
    }
    return ranked;
  };

  return {
    byPopularity,
    byItems: (given, popular, n) => rank(given, undefined, given, popular, n, scoreBasket),
    byCustomer: (customer, popular, n) => {
      const from = rowPtr[customer] as number;
      const to = rowPtr[customer + 1] as number;
      const heard = Math.min(to, from + LONGEST_HISTORY);
      return rank(item.subarray(from, heard), weight.subarray(from, heard), item.subarray(from, to), popular, n);
    },
  };
}
