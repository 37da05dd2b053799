import { fromDayNumber, toDayNumber } from "../../core/dates.ts";
import { reportStep, type Model, type ModelOutcome } from "../model.ts";
import { ARTEFACT_NAMES, encodeRecommender } from "./artefacts.ts";
import { backtestRecommender, WINDOW_DAYS, type Backtest } from "./backtest-recommender.ts";
import { readBasketData, type BasketData } from "./basket-data.ts";
import type { RankingFigures } from "./evaluate-recommender.ts";
import { nameSimilarFigures } from "./measure-similar.ts";
import { fitRecommender, type FittedRecommender, NO_RULES } from "./fit-recommender.ts";

const GATE_RULE =
  `On the last ${WINDOW_DAYS} days, unseen by the fit: NDCG@20 of next purchases and hit rate@20 of hidden basket items ` +
  "are both above those of the market's popular items.";
const UNMEASURED_RULE =
  "Too little history to measure a model: popular items only, which need no measuring against themselves.";

/** What is bought together, by recent baskets; backtested against the popular items of the market. */
export const coPurchase: Model = {
  name: "co-purchase",
  fit: async (context): Promise<ModelOutcome> => {
    reportStep(context, "read baskets", 0, 4);
    const data = await readBasketData(context.session, context.asOf);
    const today = toDayNumber(context.asOf);
    const backtest = backtestRecommender(data, today, context);
    reportStep(context, "fit", 3, 4);
    const full = fitRecommender(data, data.lines, today, backtest.params);
    const fitted = backtest.measured === undefined ? withoutNeighbours(full) : full;
    return {
      card: {
        name: "co-purchase",
        version: "1",
        artefacts: Object.values(ARTEFACT_NAMES),
        window: { from: fromDayNumber(data.lines.day[0] ?? today), to: context.asOf },
        trainedOn: data.lines.item.length,
        parameters: { ...backtest.params },
        ...summarise(backtest, fitted, data),
        seed: context.seed,
      },
      files: encodeRecommender({ items: data.items, customers: data.customers, segments: data.segments, fitted }),
    };
  },
};

/** Unmeasured similarities are not shown to shoppers. */
function withoutNeighbours(fitted: FittedRecommender): FittedRecommender {
  const { itemCount } = fitted.neighbours;
  const none = new Int32Array(0);
  return {
    ...fitted,
    rules: NO_RULES,
    ruleWeight: 0,
    neighbours: {
      itemCount,
      rowPtr: new Int32Array(itemCount + 1),
      neighbour: none,
      score: new Float32Array(0),
      support: none,
    },
  };
}

function summarise(
  { measured }: Backtest,
  fitted: FittedRecommender,
  data: BasketData,
): Pick<ModelOutcome["card"], "metrics" | "baseline" | "gate"> {
  const sizes = {
    items: data.items.id.length,
    customers: data.customers.id.length,
    pairs: fitted.neighbours.neighbour.length,
    rules: fitted.rules.item.length,
  };
  if (measured === undefined) return { metrics: sizes, baseline: {}, gate: { rule: UNMEASURED_RULE, passed: true } };
  const { nextPurchases, basketCompletion, similar } = measured;
  const isAbove = ({ model, baseline }: RankingFigures, name: string): boolean =>
    (model[name] as number) > (baseline[name] as number);
  return {
    metrics: {
      ...prefix("nextPurchase", nextPurchases.model),
      ...prefix("basket", basketCompletion.model),
      nextPurchaseQueries: nextPurchases.queries,
      basketQueries: basketCompletion.queries,
      ...nameSimilarFigures(similar),
      ...sizes,
    },
    baseline: { ...prefix("nextPurchase", nextPurchases.baseline), ...prefix("basket", basketCompletion.baseline) },
    gate: { rule: GATE_RULE, passed: isAbove(nextPurchases, "ndcgAt20") && isAbove(basketCompletion, "hitRateAt20") },
  };
}

/** { recallAt20 } → { nextPurchaseRecallAt20 }. */
function prefix(label: string, figures: Readonly<Record<string, number>>): Record<string, number> {
  const rename = (name: string): string => `${label}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [rename(name), value]));
}
