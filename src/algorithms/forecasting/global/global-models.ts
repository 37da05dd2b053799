import type { Rng } from "../../../core/rng.ts";
import { binColumn } from "../boosting/bin-column.ts";
import { binFeatures } from "../boosting/bin-features.ts";
import { type BoostingParams, BOOSTING_DEFAULTS, fitBoosting } from "../boosting/fit-boosting.ts";
import type { BoostingCrew } from "../boosting/boosting-work.ts";
import { type Forest, predictForest } from "../boosting/forest.ts";
import { guardValues } from "../guard-forecast.ts";
import { countFeatures, writeFeatures } from "./case-features.ts";
import { fitRidge, predictRidge, type RidgeModel } from "./global-ridge.ts";
import { fitNetworks, type NetworkModel, predictNetworks, weighAbsoluteErrors } from "./network-model.ts";
import { combineRows, type OriginCase, type PoolShape, type TrainingCase } from "./origin-case.ts";
import { fitWindowModel, predictWindows, type WindowModel } from "./window-model.ts";

export interface GlobalModels {
  readonly shape: PoolShape;
  /** Distance from the base, squared loss. */
  readonly ridge: RidgeModel;
  /** Regular: two of the distance from the base with absolute loss; intermittent: one of the value itself with Tweedie loss. */
  readonly forests: readonly Forest[];
  /** Intermittent: the level of whole windows, the loss RMSSE itself, for each price of bias. */
  readonly windows: readonly WindowModel[];
  /** Regular: distance from the base, absolute loss, all steps at once. */
  readonly network: NetworkModel | undefined;
}

const MAX_ROWS = { regular: 120_000, intermittent: 80_000 } as const;
/** Rows that one case gives at most: the steps of a long window tell much the same. */
const MAX_ROWS_PER_CASE = 12;
/** Errors below this, in scales, weigh no more. */
const LEAST_ERROR = 0.3;
const MAX_BINS = 64;
const RIDGE_PENALTY = 0.01;
/** Distances from the base, in scales, are cut off here: a wild window must not teach all others. */
const CLIP = { regular: 1.5, intermittent: 8 } as const;
const TREES: BoostingParams = {
  ...BOOSTING_DEFAULTS,
  rounds: 150,
  learningRate: 0.08,
  maxDepth: 6,
  lambda: 5,
  minChildWeight: 40,
  rowShare: 0.6,
  featureShare: 0.6,
};

/** Absolute loss is what sMAPE and MASE count. Two that differ in sample and weights: their mean is better than either. */
const SAMPLED_MEDIAN: BoostingParams = {
  ...TREES,
  loss: { name: "quantile", level: 0.5 },
  rowShare: 0.4,
  featureShare: 0.4,
};
const WEIGHED_MEDIAN: BoostingParams = { ...TREES, loss: { name: "quantile", level: 0.5 }, rounds: 180 };

/** Demand of mostly zeros says less a row: smaller trees, fewer of them. */
const FEW_TREES: BoostingParams = { ...TREES, rounds: 90, maxDepth: 5, minChildWeight: 60 };

/** How much RMSSE a relative bias of 1 is worth to the models of windows. */
const BIAS_PRICES = [0, 0.03, 0.06] as const;

/** Names of the forecasts that `predictGlobal` gives, in order. */
export function globalNames(kind: PoolShape["kind"]): readonly string[] {
  return kind === "regular"
    ? ["globalRidge", "boostingMedian", "boostingMedianScaled", "network"]
    : ["globalRidge", "boostingTweedie", "windowLevel", "windowLevelLifted", "windowLevelUnbiased"];
}

/**
 * Fits the models that all series of a pool share: each step of each case is a row, of which a seeded sample is taken where there are many.
 * A crew shares the growing of trees; the models are the same. All learn how far the value lies from the base, Tweedie boosting the value itself.
 */
export function fitGlobal(
  cases: readonly TrainingCase[],
  shape: PoolShape,
  rng: Rng,
  crew: BoostingCrew | undefined,
): GlobalModels {
  const boost = (target: Float64Array, weight: Float64Array, params: BoostingParams): Forest =>
    fitBoosting(table, target, weight, params, rng, undefined, crew);
  const available = cases.reduce((sum, { actual }) => sum + actual.length, 0);
  const share = Math.min(1, Math.min(MAX_ROWS[shape.kind], MAX_ROWS_PER_CASE * cases.length) / available);
  const chosen = cases.map(({ actual }) => {
    const steps: number[] = [];
    for (let step = 0; step < actual.length; step++) if (share === 1 || rng.next() < share) steps.push(step);
    return steps;
  });
  const rows = chosen.reduce((sum, steps) => sum + steps.length, 0);
  const columns = Array.from({ length: countFeatures(shape) }, () => new Float32Array(rows));
  const distance = new Float64Array(rows);
  const value = new Float64Array(rows);
  /** Intermittent: the share of a case in RMSSE, so that a few wild windows do not decide; regular: 1. */
  const even = new Float64Array(rows);
  const scaled = new Float64Array(rows);
  const limit = CLIP[shape.kind];
  let at = 0;
  cases.forEach(({ known, actual }, index) => {
    const steps = chosen[index];
    writeFeatures(shape, known, steps, columns, at);
    const base = combineRows(known.members, shape.baseWeights);
    const importance = shape.kind === "regular" ? 1 : shareInRmsse(known, base, actual);
    for (const step of steps) {
      even[at] = importance;
      distance[at] = Math.min(limit, Math.max(-limit, (actual[step] - base[step]) / known.scale));
      value[at] = Math.max(0, actual[step] / known.scale);
      scaled[at] = weighAbsoluteErrors(known);
      at++;
    }
  });
  const table = binFeatures(columns, MAX_BINS, [], crew);
  return {
    shape,
    ridge: fitRidge(columns, distance, even, RIDGE_PENALTY),
    forests:
      shape.kind === "regular"
        ? [boost(distance, even, SAMPLED_MEDIAN), boost(distance, scaled, WEIGHED_MEDIAN)]
        : [boost(value, even, { ...FEW_TREES, loss: { name: "tweedie", power: 1.4 } })],
    windows:
      shape.kind === "regular" ? [] : BIAS_PRICES.map((price) => fitWindowModel(cases, { ...shape, price }, rng, crew)),
    network: shape.kind === "regular" ? fitNetworks(cases, shape, rng) : undefined,
  };
}

/** Forecasts of the cases given: a row a model and case, in units of the series, guarded. O(cases · horizon · (features + trees)). */
export function predictGlobal(models: GlobalModels, cases: readonly OriginCase[]): Float64Array[][] {
  const { shape, ridge, forests, windows, network } = models;
  const { horizon } = shape;
  const rows = cases.length * horizon;
  const columns = Array.from({ length: countFeatures(shape) }, () => new Float32Array(rows));
  const steps = Array.from({ length: horizon }, (_, step) => step);
  cases.forEach((one, index) => writeFeatures(shape, one, steps, columns, index * horizon));
  const [{ bins }] = forests;
  const table = { rowCount: rows, columns: columns.map((column, feature) => binColumn(column, bins[feature])) };
  const ridged = predictRidge(ridge, columns, rows);
  const grown = forests.map((forest) => predictForest(forest, table));
  const levels = windows.map((model) => predictWindows(model, cases));
  const answers = network === undefined ? [] : [predictNetworks(network, cases)];
  return cases.map(({ members, scale, history }, index) => {
    const from = index * horizon;
    const base = combineRows(members, shape.baseWeights);
    const shift = (by: Float64Array): Float64Array => base.map((level, step) => level + scale * by[from + step]);
    const grownRows = grown.map((values) =>
      shape.kind === "regular" ? shift(values) : base.map((_, step) => scale * values[from + step]),
    );
    const windowRows = levels.map((forecasts) => forecasts[index]);
    return [shift(ridged), ...grownRows, ...windowRows, ...answers.map(shift)].map((row) => guardValues(row, history));
  });
}

/**
 * Weight of the squared errors of a case, so that their weighted sum falls as the mean of root mean squared errors does:
 * 1 / error of the base, in scales, bounded.
 */
function shareInRmsse({ scale }: OriginCase, base: Float64Array, actual: Float64Array): number {
  let squares = 0;
  for (let step = 0; step < actual.length; step++) squares += ((actual[step] - base[step]) / scale) ** 2;
  return 1 / Math.max(LEAST_ERROR, Math.sqrt(squares / actual.length));
}
