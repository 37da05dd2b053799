import type { MessageKey } from "../text/messages.ts";

/** A figure of a recommendation model, 0 to 1. */
export interface Figure {
  readonly metric: string;
  readonly label: MessageKey;
  /** Code of the market that it is of. */
  readonly market?: string;
  readonly value: number;
  readonly baseline: number | undefined;
}

type Metrics = Readonly<Record<string, number>>;

/** Shoppers of a market from which on its figure says more than chance. */
const FEWEST_SHOPPERS = 20;

/** In the order shown: how well it ranks, how much of the catalogue it shows, for whom it works. */
const FIGURES: readonly (readonly [metric: string, label: MessageKey])[] = [
  ["nextPurchaseRecallAt20", "rec.fig.recall"],
  ["nextPurchaseNdcgAt20", "rec.fig.ndcg"],
  ["nextPurchaseHitRateAt20", "rec.fig.hitRate"],
  ["nextPurchaseMrrAt20", "rec.fig.mrr"],
  ["basketHitRateAt20", "rec.fig.basketHitRate"],
  ["basketNdcgAt20", "rec.fig.basketNdcg"],
  ["nextClickHitRateAt20", "rec.fig.sessionHitRate"],
  ["nextClickMrrAt20", "rec.fig.sessionMrr"],
  ["recallAt20", "rec.fig.recall"],
  ["ndcgAt20", "rec.fig.ndcg"],
  ["hitRateAt20", "rec.fig.hitRate"],
  ["mrrAt20", "rec.fig.mrr"],
  ["coverageAt20", "rec.fig.coverage"],
  ["giniAt20", "rec.fig.gini"],
  ["recallAt20.head", "rec.fig.head"],
  ["recallAt20.mid", "rec.fig.mid"],
  ["recallAt20.tail", "rec.fig.tail"],
  ["recallAt20.repeat", "rec.fig.repeat"],
  ["recallAt20.explore", "rec.fig.explore"],
];

/** What a merchandiser can read of the metrics of a model; empty for models of another kind. */
export function listFigures(metrics: Metrics, baseline: Metrics): Figure[] {
  const figure = (metric: string, label: MessageKey, market?: string): Figure[] => {
    const value = metrics[metric];
    if (value === undefined) return [];
    return [{ metric, label, value, baseline: baseline[metric], ...(market === undefined ? {} : { market }) }];
  };
  const markets = Object.keys(metrics)
    .flatMap((name) => /^queries\.([A-Z]{2})$/u.exec(name)?.[1] ?? [])
    .map((market) => ({ market, shoppers: metrics[`queries.${market}`] ?? 0 }))
    .filter(({ shoppers }) => shoppers >= FEWEST_SHOPPERS)
    .toSorted((a, b) => b.shoppers - a.shoppers);
  return [
    ...FIGURES.flatMap(([metric, label]) => figure(metric, label)),
    ...markets.flatMap(({ market }) => figure(`recallAt20.${market}`, "rec.fig.market", market)),
  ];
}
