/**
 * Replays the last 16 weeks of each daily Online Retail series of a year under weekly reviews and a lead time of a week:
 * calibrated levels against mean + z·σ, both from what was known at each review. The textbook rule is asked for the
 * service at which it reaches the same fill rate, so that stock can be compared.
 * `npx tsx bench/inventory/policy.ts` prints JSON.
 */
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { calibrateStockFactor } from "../../src/algorithms/inventory/calibrate-stock-factor.ts";
import { normalQuantile } from "../../src/algorithms/inventory/normal-distribution.ts";
import { planStock } from "../../src/algorithms/inventory/plan-stock.ts";
import { simulatePolicy } from "../../src/algorithms/inventory/simulate-policy.ts";
import type { StockTerms } from "../../src/algorithms/inventory/stock-terms.ts";

const FILE = new URL("../../../shared/data/forecast/online_retail/online_retail_daily.csv.gz", import.meta.url);
const WEEK = 7;
const COUNTED_WEEKS = 16;
const WARM_UP_WEEKS = 2;
const REPLAYED_WEEKS = COUNTED_WEEKS + WARM_UP_WEEKS;
/** Weeks of history before the replay that a series must have. */
const KNOWN_WEEKS = 16;
/** The expected demand a week is the mean of this many. */
const RECENT_WEEKS = 13;

if (!existsSync(FILE)) throw new Error("shared/data/forecast/online_retail is not beside the repository");
const histories = gunzipSync(readFileSync(FILE))
  .toString("utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => {
    const [, , , train = "", test = ""] = line.split(",");
    return toWeeks(Float64Array.from(`${train} ${test}`.trim().split(/\s+/), Number));
  })
  .filter((weeks) => weeks.length >= REPLAYED_WEEKS + KNOWN_WEEKS);

type Levels = (known: Float64Array, step: number) => number;

const results = [0.8, 0.9, 0.95].map((share) => {
  const calibrated = replay(calibratedLevels(share));
  const textbook = matchFillRate(calibrated.fillRate);
  return { target: share, calibrated, textbook, stockSaved: 1 - calibrated.meanStock / textbook.meanStock };
});
process.stdout.write(`${JSON.stringify({ series: histories.length, results }, undefined, 2)}\n`);

function replay(levels: Levels): { fillRate: number; meanStock: number } {
  let [demand, served, meanStock] = [0, 0, 0];
  for (const weeks of histories) {
    const from = weeks.length - REPLAYED_WEEKS;
    const figures = simulatePolicy(
      weeks.subarray(from),
      (step) => {
        const orderUpTo = levels(weeks.subarray(0, from + step), step);
        return { reviewSteps: 1, reorderPoint: orderUpTo, orderUpTo };
      },
      {
        leadTimeSteps: [1],
        isLost: false,
        minimumOrder: 0,
        packSize: 1,
        openingStock: levels(weeks.subarray(0, from), 0),
        warmUpSteps: WARM_UP_WEEKS,
      },
    );
    demand += figures.demand;
    served += figures.served;
    meanStock += figures.meanStock;
  }
  return { fillRate: served / demand, meanStock };
}

function calibratedLevels(share: number): Levels {
  const terms: StockTerms = {
    leadTimeSteps: 1,
    leadTimeDeviationSteps: 0,
    reviewSteps: 1,
    target: { kind: "fill", share },
  };
  const factors = Array.from({ length: REPLAYED_WEEKS }, (_, step) => {
    const known = histories.map((weeks) => weeks.subarray(0, weeks.length - REPLAYED_WEEKS + step));
    return calibrateStockFactor(known, recentMean, terms) ?? 1;
  });
  return (known, step) => planStock(known, recentMean(known), factors[step], terms).orderUpTo;
}

/** The textbook rule at the z with which it reaches a fill rate, found by bisection. */
function matchFillRate(fillRate: number): { fillRate: number; meanStock: number; cycleService: number } {
  let [low, high] = [0.5, 1 - 1e-9];
  for (let halving = 0; halving < 16; halving++) {
    const middle = (low + high) / 2;
    if (replay(textbookLevels(middle)).fillRate < fillRate) low = middle;
    else high = middle;
  }
  return { ...replay(textbookLevels(high)), cycleService: high };
}

function textbookLevels(cycleService: number): Levels {
  const z = normalQuantile(cycleService);
  return (known) => {
    const mean = known.reduce((sum, units) => sum + units, 0) / known.length;
    const variance = known.reduce((sum, units) => sum + (units - mean) ** 2, 0) / known.length;
    return Math.max(0, 2 * recentMean(known) + z * Math.sqrt(2 * variance));
  };
}

function recentMean(known: Float64Array): number {
  const recent = known.subarray(-RECENT_WEEKS);
  return recent.reduce((sum, units) => sum + units, 0) / Math.max(1, recent.length);
}

function toWeeks(days: Float64Array): Float64Array {
  const count = Math.floor(days.length / WEEK);
  const first = days.length - count * WEEK;
  return Float64Array.from({ length: count }, (_, week) =>
    days.subarray(first + week * WEEK, first + (week + 1) * WEEK).reduce((sum, units) => sum + units, 0),
  );
}
