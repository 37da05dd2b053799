import type { Rng } from "../../../core/rng.ts";
import { binColumn, binFeatures } from "../boosting/bin-features.ts";
import { type BoostingParams, BOOSTING_DEFAULTS, fitBoosting } from "../boosting/fit-boosting.ts";
import { type Forest, predictForest } from "../boosting/forest.ts";
import { countFeatures, writeFeatures } from "./case-features.ts";
import { fitRidge, predictRidge, type RidgeModel } from "./global-ridge.ts";
import { guardForecast, type OriginCase, type PoolShape } from "./origin-case.ts";

/** A case whose first steps after the origin are known. */
export interface TrainingCase {
  readonly known: OriginCase;
  readonly actual: Float64Array;
}

export interface GlobalModels {
  readonly shape: PoolShape;
  readonly ridge: RidgeModel;
  /** Squared loss on the distance from the base. */
  readonly squared: Forest;
  /** Tweedie loss on the value itself; intermittent pools only. */
  readonly tweedie: Forest | undefined;
}

const MAX_ROWS = 120_000;
const MAX_BINS = 64;
const RIDGE_PENALTY = 0.01;
/** Distances from the base, in scales, are cut off here: a wild window must not teach all others. */
const CLIP = { regular: 1.5, intermittent: 15 } as const;
const TREES: BoostingParams = {
  ...BOOSTING_DEFAULTS,
  rounds: 120,
  learningRate: 0.06,
  maxDepth: 5,
  lambda: 5,
  minChildWeight: 40,
  rowShare: 0.6,
  featureShare: 0.6,
};

/** Names of the forecasts that `predictGlobal` gives, in order. */
export function globalNames(kind: PoolShape["kind"]): readonly string[] {
  return kind === "regular"
    ? ["globalRidge", "boostingSquared"]
    : ["globalRidge", "boostingSquared", "boostingTweedie"];
}

/**
 * Fits the models that all series of a pool share: each step of each case is a row, at most 120,000 of them (a seeded sample).
 * Ridge and squared boosting learn how far the value lies from the mean of the members, Tweedie boosting the value itself.
 */
export function fitGlobal(cases: readonly TrainingCase[], shape: PoolShape, rng: Rng): GlobalModels {
  const available = cases.reduce((sum, { actual }) => sum + actual.length, 0);
  const share = Math.min(1, MAX_ROWS / available);
  const chosen = cases.map(({ actual }) => {
    const steps: number[] = [];
    for (let step = 0; step < actual.length; step++) if (share === 1 || rng.next() < share) steps.push(step);
    return steps;
  });
  const rows = chosen.reduce((sum, steps) => sum + steps.length, 0);
  const columns = Array.from({ length: countFeatures(shape) }, () => new Float32Array(rows));
  const distance = new Float64Array(rows);
  const value = new Float64Array(rows);
  const weight = new Float64Array(rows).fill(1);
  const limit = CLIP[shape.kind];
  let at = 0;
  cases.forEach(({ known, actual }, index) => {
    const steps = chosen[index];
    writeFeatures(shape, known, steps, columns, at);
    for (const step of steps) {
      distance[at] = Math.min(limit, Math.max(-limit, (actual[step] - known.base[step]) / known.scale));
      value[at] = Math.max(0, actual[step] / known.scale);
      at++;
    }
  });
  const table = binFeatures(columns, MAX_BINS);
  return {
    shape,
    ridge: fitRidge(columns, distance, weight, RIDGE_PENALTY),
    squared: fitBoosting(table, distance, weight, TREES, rng),
    tweedie:
      shape.kind === "intermittent"
        ? fitBoosting(table, value, weight, { ...TREES, loss: { name: "tweedie", power: 1.4 } }, rng)
        : undefined,
  };
}

/** Forecasts of the cases given: a row a model and case, in units of the series, guarded. O(cases · horizon · (features + trees)). */
export function predictGlobal(models: GlobalModels, cases: readonly OriginCase[]): Float64Array[][] {
  const { shape, ridge, squared, tweedie } = models;
  const { horizon } = shape;
  const rows = cases.length * horizon;
  const columns = Array.from({ length: countFeatures(shape) }, () => new Float32Array(rows));
  const steps = Array.from({ length: horizon }, (_, step) => step);
  cases.forEach((one, index) => writeFeatures(shape, one, steps, columns, index * horizon));
  const table = { rowCount: rows, columns: columns.map((column, feature) => binColumn(column, squared.bins[feature])) };
  const distances = [predictRidge(ridge, columns, rows), predictForest(squared, table)];
  const values = tweedie === undefined ? [] : [predictForest(tweedie, table)];
  return cases.map(({ base, scale, history }, index) => {
    const from = index * horizon;
    return [
      ...distances.map((distance) => base.map((level, step) => level + scale * distance[from + step])),
      ...values.map((value) => base.map((_, step) => scale * value[from + step])),
    ].map((row) => guardForecast(row, history));
  });
}
