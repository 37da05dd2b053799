import { hitRateAtK } from "../../algorithms/evaluation/hit-rate-at-k.ts";
import { ndcgAtK } from "../../algorithms/evaluation/ndcg-at-k.ts";
import { recallAtK } from "../../algorithms/evaluation/recall-at-k.ts";
import { reciprocalRankAtK } from "../../algorithms/evaluation/reciprocal-rank-at-k.ts";
import { createRng, shuffle } from "../../core/rng.ts";
import type { BasketLines } from "./basket-data.ts";
import type { FittedRecommender, PopularList } from "./fit-recommender.ts";
import { createItemRanker, type RankedItem } from "./rank-items.ts";

const K = 20;
const MAX_BASKETS = 2000;

export interface RankingFigures {
  readonly model: Readonly<Record<string, number>>;
  /** The same for the popular items of the customer's market, which is what a shop shows without a model. */
  readonly baseline: Readonly<Record<string, number>>;
  /** Customers or baskets measured. */
  readonly queries: number;
}

/** A question to the model and what was really bought. */
interface Query {
  /** Best items by the model, and by the baseline: computed when asked for. */
  readonly rank: () => readonly RankedItem[];
  readonly rankPopular: () => readonly RankedItem[];
  readonly relevant: ReadonlySet<number>;
}

/** What is asked of a window. The figures of each side are computed when asked for: a search needs those of one only. */
export interface Evaluation {
  /** Customers or baskets measured. */
  readonly queries: number;
  readonly model: () => Readonly<Record<string, number>>;
  readonly baseline: () => Readonly<Record<string, number>>;
}

export function takeFigures({ model, baseline, queries }: Evaluation): RankingFigures {
  return { model: model(), baseline: baseline(), queries };
}

/**
 * Next purchases: for every customer known before the window, the items bought in it for the first time, ranked against
 * all items on sale (no sampling). Items never sold before the window cannot be recommended and do not count.
 */
export function evaluateNextPurchases(
  fitted: FittedRecommender,
  window: BasketLines,
  isKnownItem: Uint8Array,
): Evaluation {
  const { rowPtr, item } = fitted.histories;
  const ranker = createItemRanker(fitted);
  const bought = new Map<number, { items: Set<number>; segment: number }>();
  for (let at = 0; at < window.item.length; at++) {
    const customer = window.customer[at] as number;
    if (customer < 0 || rowPtr[customer] === rowPtr[customer + 1] || isKnownItem[window.item[at] as number] === 0)
      continue;
    const seen = bought.get(customer) ?? { items: new Set(), segment: window.segment[at] as number };
    seen.items.add(window.item[at] as number);
    bought.set(customer, seen);
  }
  const queries: Query[] = [];
  for (const [customer, { items, segment }] of bought) {
    const history = item.subarray(rowPtr[customer], rowPtr[customer + 1]);
    const owned = new Set(history);
    const relevant = new Set([...items].filter((id) => !owned.has(id)));
    if (relevant.size === 0) continue;
    const popular = fitted.popularBySegment[segment] as PopularList;
    queries.push({
      relevant,
      rank: () => ranker.byCustomer(customer, popular, K),
      rankPopular: () => ranker.byPopularity(popular, K, history),
    });
  }
  return evaluate(queries);
}

/**
 * Basket completion: of each basket of the window with two known items or more, one item drawn by `seed` is hidden and
 * asked for with the others as the basket. At most 2,000 baskets, drawn likewise.
 */
export function evaluateBasketCompletion(
  fitted: FittedRecommender,
  window: BasketLines,
  isKnownItem: Uint8Array,
  seed: number,
): Evaluation {
  const rng = createRng(seed);
  const ranker = createItemRanker(fitted);
  const baskets = new Map<number, { items: number[]; segment: number }>();
  for (let at = 0; at < window.item.length; at++) {
    if (isKnownItem[window.item[at] as number] === 0) continue;
    const basket = baskets.get(window.basket[at] as number) ?? { items: [], segment: window.segment[at] as number };
    basket.items.push(window.item[at] as number);
    baskets.set(window.basket[at] as number, basket);
  }
  const usable = [...baskets.values()].filter(({ items }) => items.length >= 2);
  shuffle(usable, rng);
  const queries = usable.slice(0, MAX_BASKETS).map(({ items, segment }): Query => {
    const hidden = items[rng.nextInt(items.length)] as number;
    const given = items.filter((id) => id !== hidden);
    const popular = fitted.popularBySegment[segment] as PopularList;
    return {
      relevant: new Set([hidden]),
      rank: () => ranker.byItems(given, popular, K),
      rankPopular: () => ranker.byPopularity(popular, K, given),
    };
  });
  return evaluate(queries);
}

function evaluate(queries: readonly Query[]): Evaluation {
  const average = (pick: (query: Query) => readonly RankedItem[]): Record<string, number> => {
    const sums = { recallAt20: 0, ndcgAt20: 0, hitRateAt20: 0, mrrAt20: 0 };
    for (const query of queries) {
      const items = pick(query).map(({ item }) => item);
      sums.recallAt20 += recallAtK(items, query.relevant, K);
      sums.ndcgAt20 += ndcgAtK(items, query.relevant, K);
      sums.hitRateAt20 += hitRateAtK(items, query.relevant, K);
      sums.mrrAt20 += reciprocalRankAtK(items, query.relevant, K);
    }
    const count = Math.max(1, queries.length);
    return Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / count]));
  };
  return {
    queries: queries.length,
    model: () => average((query) => query.rank()),
    baseline: () => average((query) => query.rankPopular()),
  };
}
