import { reportStep, type ModelContext } from "../model.ts";
import { linesBefore, linesBetween, markKnownItems, type BasketData, type BasketLines } from "./basket-data.ts";
import {
  evaluateBasketCompletion,
  evaluateNextPurchases,
  type Evaluation,
  type RankingFigures,
  takeFigures,
} from "./evaluate-recommender.ts";
import { drawSimilarCases, measureSimilar } from "./measure-similar.ts";
import { fitNeighbours, fitPopular, fitRecommender, type FittedRecommender, fitRules } from "./fit-recommender.ts";
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
  const nextPurchases = takeFigures(evaluateNextPurchases(fitted, window, isKnownItem));
  if (nextPurchases.queries < MIN_QUERIES) return { params, measured: undefined };
  const basketCompletion = takeFigures(evaluateBasketCompletion(fitted, window, isKnownItem, context.seed));
  const similar = new Map<string, number>();
  for (const [store, cases] of drawSimilarCases(data, window, isKnownItem, context.seed)) {
    similar.set(store, measureSimilar(fitted.neighbours, cases));
  }
  return { params, measured: { testFrom, nextPurchases, basketCompletion, similar } };
}

/** What is tried, one part of the fit after the other; parts that a parameter does not touch are fitted once. */
function chooseParams(data: BasketData, from: number, until: number, context: ModelContext): RecommenderParams {
  const window = linesBetween(data.lines, from, until);
  const report = (): void => reportStep(context, "choose parameters", 1, 4);
  report();
  const { fitted: start, isKnownItem } = fitBefore(data, from, DEFAULT_PARAMS);
  const before = linesBefore(data.lines, from);
  const today = from - 1;
  const askPurchases = (fitted: FittedRecommender): Evaluation => evaluateNextPurchases(fitted, window, isKnownItem);
  const askBaskets = (fitted: FittedRecommender): Evaluation =>
    evaluateBasketCompletion(fitted, window, isKnownItem, context.seed);

  const exponents = TUNED.popularityExponent.map((popularityExponent) => ({
    popularityExponent,
    shrinkage: DEFAULT_PARAMS.shrinkage,
  }));
  const tried = TUNED.basketHalfLifeDays.flatMap((basketHalfLifeDays) => {
    report();
    const params = { ...DEFAULT_PARAMS, basketHalfLifeDays };
    return fitNeighbours(data, before, today, params, exponents).map((neighbours, at) => {
      const { model, queries } = askPurchases({ ...start, neighbours });
      return { params: { ...params, ...exponents[at] }, neighbours, queries, ndcg: model()["ndcgAt20"] as number };
    });
  });
  const chosen = pickBest(tried);
  let params = chosen?.params ?? DEFAULT_PARAMS;
  let fitted = { ...start, neighbours: chosen?.neighbours ?? start.neighbours };

  // The baseline gets the same care: its half-life is chosen on the same window.
  const populars = TUNED.popularHalfLifeDays.map((popularHalfLifeDays) => {
    report();
    const popular = fitPopular(data, before, today, { ...params, popularHalfLifeDays });
    const { baseline, queries } = askPurchases({ ...fitted, ...popular });
    return { popularHalfLifeDays, popular, queries, ndcg: baseline()["ndcgAt20"] as number };
  });
  const popular = pickBest(populars);
  if (popular !== undefined) {
    params = { ...params, popularHalfLifeDays: popular.popularHalfLifeDays };
    fitted = { ...fitted, ...popular.popular };
  }

  // By hidden basket items: what similarities are shown for.
  const norms = TUNED.shrinkage.map((shrinkage) => ({ popularityExponent: params.popularityExponent, shrinkage }));
  const shrunk = fitNeighbours(data, before, today, params, norms).map((neighbours, at) => {
    const { model, queries } = askBaskets({ ...fitted, neighbours });
    return { norm: norms[at], neighbours, queries, ndcg: model()["ndcgAt20"] as number };
  });
  const norm = pickBest(shrunk) ?? shrunk[0];
  params = { ...params, ...norm?.norm };
  fitted = { ...fitted, neighbours: norm?.neighbours ?? fitted.neighbours };

  // No rules unless they beat none.
  const rules = fitRules(data, before, today, params);
  const weighed = TUNED.ruleWeight.map((ruleWeight) => {
    const { model, queries } = askBaskets({ ...fitted, rules, ruleWeight });
    return { ruleWeight, queries, ndcg: model()["ndcgAt20"] as number };
  });
  return { ...params, ruleWeight: pickBest(weighed)?.ruleWeight ?? 0 };
}

/** The first of those with the greatest figure; undefined where too few customers or baskets tell. */
function pickBest<T extends { readonly queries: number; readonly ndcg: number }>(tried: readonly T[]): T | undefined {
  let best: T | undefined;
  for (const one of tried) {
    if (one.queries >= MIN_QUERIES && one.ndcg > (best?.ndcg ?? -1)) best = one;
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
