/**
 * Replays the last 16 weeks of each daily Online Retail series of a year under weekly reviews and a lead time of a week:
 * levels as the API gives them, by rules made at each review from what was known then, against mean + z·σ from the same
 * forecast. The textbook rule is given the z, one for all weeks and chosen with hindsight, with which it reaches the same fill rate.
 * `npx tsx bench/inventory/policy.ts` prints JSON, figures by class of product among it, their stock held against both that rule's
 * and the textbook's at the z of the target (`stockOfClass`); `--scope product` asks for the target of
 * steady products by themselves; `--held-back N` leaves out the newest N weeks, to develop on.
 */
import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { forecastFixedSmoothing } from "../../src/algorithms/forecasting/forecast-fixed-smoothing.ts";
import { classifyAbcXyz } from "../../src/algorithms/inventory/classify-abc-xyz.ts";
import { normalQuantile } from "../../src/algorithms/normal-distribution.ts";
import { planStock } from "../../src/algorithms/inventory/plan-stock.ts";
import { simulatePolicy } from "../../src/algorithms/inventory/simulate-policy.ts";
import { PLAIN_RULE } from "../../src/algorithms/inventory/stock-level.ts";
import type { StockTerms, TargetScope } from "../../src/algorithms/inventory/stock-terms.ts";
import { walkStockRules } from "../../src/algorithms/inventory/walk-stock-rules.ts";
import { createRng } from "../../src/core/rng.ts";

const FILE = new URL("../../../shared/data/forecast/online_retail/online_retail_daily.csv.gz", import.meta.url);
const WEEK = 7;
const COUNTED_WEEKS = 16;
const WARM_UP_WEEKS = 2;
const REPLAYED_WEEKS = COUNTED_WEEKS + WARM_UP_WEEKS;
/** Reviews before the replay in which rules are already corrected by what they gave, as in the API. */
const FEEDBACK_REVIEWS = 8;
/** Weeks of history before the replay that a series must have. */
const KNOWN_WEEKS = 16;
const ALPHAS = [0.05, 0.1, 0.15, 0.2, 0.3] as const;

const TARGETS = [0.8, 0.9, 0.95] as const;
/** Samples of the products, and the multiples of the matched z between which a sample's own is found. */
const SAMPLES = 1000;
const Z_FACTORS = Array.from({ length: 17 }, (_, at) => 0.6 + 0.06 * at);

const { values: flags } = parseArgs({
  options: {
    "held-back": { type: "string", default: "0" },
    scope: { type: "string", default: "assortment" },
  },
});
const scope: TargetScope = flags.scope === "product" ? "product" : "assortment";
if (!existsSync(FILE)) throw new Error("shared/data/forecast/online_retail is not beside the repository");
const histories = gunzipSync(readFileSync(FILE))
  .toString("utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => {
    const [, , , train = "", test = ""] = line.split(",");
    const weeks = toWeeks(Float64Array.from(`${train} ${test}`.trim().split(/\s+/), Number));
    return weeks.subarray(0, Math.max(0, weeks.length - Number(flags["held-back"])));
  })
  .filter((weeks) => weeks.length >= REPLAYED_WEEKS + KNOWN_WEEKS);

const alpha = chooseAlpha(histories.map((weeks) => weeks.subarray(0, weeks.length - REPLAYED_WEEKS)));
const expect = (known: Float64Array): number => Math.max(0, forecastFixedSmoothing(known, 1, alpha).mean[0]);

const beginnings = histories.map((weeks) => weeks.subarray(0, weeks.length - REPLAYED_WEEKS));
const stockClasses = classifyAbcXyz(
  beginnings.map((known) => known.reduce((sum, units) => sum + units, 0)),
  beginnings.map((known) => deviationOf(known) / meanOf(known)),
);

/** Level of the product at `at` at the review that ends replayed step `step`, −1 for the opening; `known` up to then. */
type Levels = (known: Float64Array, step: number, at: number) => number;

interface TextbookNumbers {
  readonly mean: number;
  readonly spread: number;
}

/** Mean and deviation of demand over lead time and review for each series and review, the opening first. */
const textbookNumbers = histories.map((weeks) =>
  Array.from({ length: REPLAYED_WEEKS + 1 }, (_, at): TextbookNumbers => {
    const known = weeks.subarray(0, weeks.length - REPLAYED_WEEKS + at);
    return { mean: 2 * expect(known), spread: Math.SQRT2 * deviationOf(known) };
  }),
);

interface Figures {
  readonly products: number;
  readonly fillRate: number;
  readonly meanStock: number;
}

/** What a replay came to, a product an entry. */
interface ProductSums {
  readonly demand: Float64Array;
  readonly served: Float64Array;
  readonly meanStock: Float64Array;
}

interface Replay extends Figures {
  /** By ABC of units sold before the replay, XYZ of their variation a week, and both. */
  readonly classes: Readonly<Record<string, Figures>>;
}

const started = process.cpuUsage();
const results = TARGETS.map((share) => {
  const policyProducts = emptySums();
  const policy = replay(calibratedLevels(share), policyProducts);
  const cpuSec = process.cpuUsage(started).user / 1e6;
  const textbook = matchFillRate(policy.fillRate);
  const plain = replay(textbookLevels(normalQuantile(share)));
  const stockOfClass = Object.fromEntries(
    Object.entries(policy.classes).map(([name, { meanStock }]) => [
      name,
      {
        againstMatched: meanStock / (textbook.classes[name]?.meanStock ?? Number.NaN),
        againstPlain: meanStock / (plain.classes[name]?.meanStock ?? Number.NaN),
      },
    ]),
  );
  const stockSaved = 1 - policy.meanStock / textbook.meanStock;
  const stockSavedRange = rangeSaving(policyProducts, textbook.z);
  return { target: share, stockSaved, stockSavedRange, stockOfClass, policy, textbook, plain, cpuSec };
});
process.stdout.write(`${JSON.stringify({ series: histories.length, alpha, scope, results }, undefined, 2)}\n`);

function replay(levels: Levels, products?: ProductSums): Replay {
  const sums = new Map<string, { products: number; demand: number; served: number; meanStock: number }>();
  for (const [at, weeks] of histories.entries()) {
    const from = weeks.length - REPLAYED_WEEKS;
    const figures = simulatePolicy(
      weeks.subarray(from),
      (step) => {
        const orderUpTo = levels(weeks.subarray(0, from + step + 1), step, at);
        return { reviewSteps: 1, reorderPoint: orderUpTo, orderUpTo };
      },
      {
        leadTimeSteps: [1],
        isLost: false,
        minimumOrder: 0,
        packSize: 1,
        openingStock: levels(weeks.subarray(0, from), -1, at),
        warmUpSteps: WARM_UP_WEEKS,
      },
    );
    if (products !== undefined) {
      products.demand[at] = figures.demand;
      products.served[at] = figures.served;
      products.meanStock[at] = figures.meanStock;
    }
    const both = stockClasses[at] as string;
    for (const name of ["all", both.slice(0, 1), both.slice(1), both]) {
      const sum = sums.get(name) ?? { products: 0, demand: 0, served: 0, meanStock: 0 };
      sum.products++;
      sum.demand += figures.demand;
      sum.served += figures.served;
      sum.meanStock += figures.meanStock;
      sums.set(name, sum);
    }
  }
  const classes = Object.fromEntries(
    [...sums]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, { products, demand, served, meanStock }]) => [
        name,
        { products, fillRate: served / demand, meanStock },
      ]),
  );
  const { all, ...others } = classes;
  return { ...(all as Figures), classes: others };
}

function calibratedLevels(share: number): Levels {
  const terms: StockTerms = {
    leadTimeSteps: 1,
    leadTimeDeviationSteps: 0,
    reviewSteps: 1,
    target: { kind: "fill", share, scope },
  };
  const rules = Array.from({ length: REPLAYED_WEEKS + 1 }, (_, at) => {
    const known = histories.map((weeks) => weeks.subarray(0, weeks.length - REPLAYED_WEEKS + at));
    return walkStockRules(known, expect, terms, FEEDBACK_REVIEWS).at(-1)?.rule ?? PLAIN_RULE;
  });
  return (known, step) => planStock(known, expect(known), rules[step + 1] ?? PLAIN_RULE, terms).orderUpTo;
}

/** The textbook rule at the z with which it reaches a fill rate, found by bisection. */
function matchFillRate(fillRate: number): Replay & { readonly z: number } {
  let [low, high] = [-1, 50];
  for (let halving = 0; halving < 16; halving++) {
    const middle = (low + high) / 2;
    if (replay(textbookLevels(middle)).fillRate < fillRate) low = middle;
    else high = middle;
  }
  return { ...replay(textbookLevels(high)), z: high };
}

function emptySums(): ProductSums {
  const empty = (): Float64Array => new Float64Array(histories.length);
  return { demand: empty(), served: empty(), meanStock: empty() };
}

/**
 * Between what the share of stock saved lies in 19 of 20 samples of the products with replacement (Efron 1979), the textbook's z matched anew in each:
 * how far the products that happen to be in the file decide it.
 */
function rangeSaving(policy: ProductSums, z: number): readonly [number, number] {
  const rng = createRng(1);
  const grid = Z_FACTORS.map((factor) => {
    const sums = emptySums();
    replay(textbookLevels(z * factor), sums);
    return sums;
  });
  const savings = Float64Array.from({ length: SAMPLES }, () => {
    const counts = new Float64Array(histories.length);
    for (let draw = 0; draw < counts.length; draw++) counts[rng.nextInt(counts.length)]++;
    const addUp = (values: Float64Array): number => values.reduce((sum, value, at) => sum + counts[at] * value, 0);
    const fill = addUp(policy.served) / addUp(policy.demand);
    const points = grid.map((sums) => [addUp(sums.served) / addUp(sums.demand), addUp(sums.meanStock)] as const);
    const above = Math.max(
      1,
      points.findIndex(([reached]) => reached >= fill),
    );
    const [[low, lowStock], [high, highStock]] = [points[above - 1], points[above]];
    return 1 - addUp(policy.meanStock) / (lowStock + ((fill - low) / (high - low)) * (highStock - lowStock));
  }).sort();
  return [savings[Math.floor(0.025 * SAMPLES)], savings[Math.floor(0.975 * SAMPLES)]];
}

function textbookLevels(z: number): Levels {
  return (_known, step, at) => {
    const { mean, spread } = textbookNumbers[at][step + 1];
    return Math.max(0, mean + z * spread);
  };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviationOf(values: Float64Array): number {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** The smoothing weight with the least squared error a week, pooled, on what lies before the replay. */
function chooseAlpha(pasts: readonly Float64Array[]): number {
  const errors = ALPHAS.map((candidate) =>
    pasts.reduce((total, weeks) => total + forecastFixedSmoothing(weeks, 1, candidate).deviation[0] ** 2, 0),
  );
  return ALPHAS[errors.indexOf(Math.min(...errors))];
}

function toWeeks(days: Float64Array): Float64Array {
  const count = Math.floor(days.length / WEEK);
  const first = days.length - count * WEEK;
  return Float64Array.from({ length: count }, (_, week) =>
    days.subarray(first + week * WEEK, first + (week + 1) * WEEK).reduce((sum, units) => sum + units, 0),
  );
}
