import { reportStep, type ModelContext } from "../model.ts";
import { linesBefore, linesBetween, markKnownItems, type BasketData, type BasketLines } from "./basket-data.ts";
import { evaluateBasketCompletion, evaluateNextPurchases, type RankingFigures } from "./evaluate-recommender.ts";
import { drawSimilarCases, measureSimilar } from "./measure-similar.ts";
import { fitRecommender, type FittedRecommender } from "./fit-recommender.ts";
import { DEFAULT_PARAMS, TUNED, type RecommenderParams } from "./params.ts";

/** Length of the validation and of the test window; the history before them must be as long as both. */
export const WINDOW_DAYS = 28;
/** Customers needed in a window for its figures to mean something. */
const MIN_QUERIES = 30;

export interface Backtest {
  readonly params: RecommenderParams;
  /** Undefined where the shop's history is too short or too small to measure anything. */
  readonly measured:
    | {
        readonly testFrom: number;
        readonly nextPurchases: RankingFigures;
        readonly basketCompletion: RankingFigures;
        /** NDCG@20 of similar items by store. */
        readonly similar: ReadonlyMap<string, number>;
      }
    | undefined;
}

/**
 * Time split in three: fit → validation (28 days) chooses the parameters → test (the last 28 days) is scored once, by a
 * fit with those parameters on everything before it. No figure of a window reaches the fit that it judges.
 */
export function backtestRecommender(data: BasketData, today: number, context: ModelContext): Backtest {
  const testFrom = today - WINDOW_DAYS + 1;
  const validationFrom = testFrom - WINDOW_DAYS;
  const firstDay = data.lines.day[0] ?? today;
  if (firstDay > validationFrom - 2 * WINDOW_DAYS) return { params: DEFAULT_PARAMS, measured: undefined };

  const params = chooseParams(data, validationFrom, testFrom, context);
  reportStep(context, "backtest", 2, 4);
  const { fitted, isKnownItem } = fitBefore(data, testFrom, params);
  const window = linesBetween(data.lines, testFrom, today + 1);
  const nextPurchases = evaluateNextPurchases(fitted, window, isKnownItem);
  if (nextPurchases.queries < MIN_QUERIES) return { params, measured: undefined };
  const basketCompletion = evaluateBasketCompletion(fitted, window, isKnownItem, context.seed);
  const similar = new Map<string, number>();
  for (const [store, cases] of drawSimilarCases(data, window, isKnownItem, context.seed)) {
    similar.set(store, measureSimilar(fitted.neighbours, cases));
  }
  return { params, measured: { testFrom, nextPurchases, basketCompletion, similar } };
}

function chooseParams(data: BasketData, from: number, until: number, context: ModelContext): RecommenderParams {
  const window = linesBetween(data.lines, from, until);
  const measure = (params: RecommenderParams): RankingFigures => {
    reportStep(context, "choose parameters", 1, 4);
    const { fitted, isKnownItem } = fitBefore(data, from, params);
    return evaluateNextPurchases(fitted, window, isKnownItem);
  };
  let best = DEFAULT_PARAMS;
  let bestGain = -1;
  const consider = (params: RecommenderParams): void => {
    const { model, queries } = measure(params);
    if (queries < MIN_QUERIES || (model["ndcgAt20"] as number) <= bestGain) return;
    [best, bestGain] = [params, model["ndcgAt20"] as number];
  };
  for (const basketHalfLifeDays of TUNED.basketHalfLifeDays) {
    for (const popularityExponent of TUNED.popularityExponent) {
      consider({ ...DEFAULT_PARAMS, basketHalfLifeDays, popularityExponent });
    }
  }
  // The baseline gets the same care: its half-life is chosen on the same window.
  let bestPopular = -1;
  for (const popularHalfLifeDays of TUNED.popularHalfLifeDays) {
    const { baseline, queries } = measure({ ...best, popularHalfLifeDays });
    if (queries >= MIN_QUERIES && (baseline["ndcgAt20"] as number) > bestPopular) {
      [best, bestPopular] = [{ ...best, popularHalfLifeDays }, baseline["ndcgAt20"] as number];
    }
  }
  best = { ...best, shrinkage: chooseShrinkage(data, window, from, best, context) };
  return { ...best, ruleWeight: chooseRuleWeight(data, window, from, best, context) };
}

/** By NDCG@20 of hidden basket items: what similarities are shown for; none where too few baskets tell. */
function chooseShrinkage(
  data: BasketData,
  window: BasketLines,
  from: number,
  params: RecommenderParams,
  context: ModelContext,
): number {
  let best = 0;
  let most = -1;
  for (const shrinkage of TUNED.shrinkage) {
    const { fitted, isKnownItem } = fitBefore(data, from, { ...params, shrinkage });
    const { model, queries } = evaluateBasketCompletion(fitted, window, isKnownItem, context.seed);
    if (queries >= MIN_QUERIES && (model["ndcgAt20"] as number) > most) {
      [best, most] = [shrinkage, model["ndcgAt20"] as number];
    }
  }
  return best;
}

/** By NDCG@20 of hidden basket items; no rules unless they beat none. */
function chooseRuleWeight(
  data: BasketData,
  window: BasketLines,
  from: number,
  params: RecommenderParams,
  context: ModelContext,
): number {
  const { fitted, isKnownItem } = fitBefore(data, from, { ...params, ruleWeight: 1 });
  let best = 0;
  let most = -1;
  for (const ruleWeight of TUNED.ruleWeight) {
    const { model, queries } = evaluateBasketCompletion({ ...fitted, ruleWeight }, window, isKnownItem, context.seed);
    if (queries >= MIN_QUERIES && (model["ndcgAt20"] as number) > most) {
      [best, most] = [ruleWeight, model["ndcgAt20"] as number];
    }
  }
  return best;
}

function fitBefore(
  data: BasketData,
  cutoffDay: number,
  params: RecommenderParams,
): { fitted: FittedRecommender; isKnownItem: Uint8Array } {
  const lines: BasketLines = linesBefore(data.lines, cutoffDay);
  return { fitted: fitRecommender(data, lines, cutoffDay - 1, params), isKnownItem: markKnownItems(data, cutoffDay) };
}
