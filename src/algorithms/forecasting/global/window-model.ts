import { createOnceForEach } from "../../../core/once-for-each.ts";
import type { Rng } from "../../../core/rng.ts";
import { binColumn } from "../boosting/bin-column.ts";
import { binFeatures } from "../boosting/bin-features.ts";
import type { BoostingCrew } from "../boosting/boosting-work.ts";
import { type BoostingParams, fitBoosting } from "../boosting/fit-boosting.ts";
import { type Forest, predictForest } from "../boosting/forest.ts";
import type { OriginCase, TrainingCase } from "./origin-case.ts";
import { phaseOf } from "./phase-of.ts";
import { describeWindow, WINDOW_FEATURES } from "./window-features.ts";

/** Forecasts the level of a whole window; plain data. */
export interface WindowModel {
  readonly horizon: number;
  /** Demand of a phase beside the others: place (step − steps to the end of the series) mod period; mean 1. */
  readonly profile: Float64Array;
  /** Their predictions are added. */
  readonly stages: readonly Forest[];
}

const STAGES = 6;
/** Errors of a window below this, in scales, weigh no more. */
const LEAST_ERROR = 0.02;
/** Horizons back at which a window weighs 1/e of the newest. */
const MEMORY = 2;
const MAX_BINS = 64;
const TREES: BoostingParams = {
  loss: { name: "squared" },
  rounds: 20,
  learningRate: 0.06,
  maxDepth: 5,
  lambda: 5,
  minChildWeight: 60,
  rowShare: 0.6,
  featureShare: 0.6,
};

/**
 * Level of the demand of a whole window, learned over all series of a pool: a row a case, its loss RMSSE itself,
 * √(mean over the steps of (level · profile − demand)²) / scale − price · level / mean demand of the history. The second part takes bias
 * back wherever a given rise of RMSSE lowers the mean relative bias most: where windows without a sale are few.
 *
 * RMSSE is no sum over steps, so the loss is minimised by iteratively reweighted least squares: in each stage the error of each window
 * is fixed, its squared errors weigh 1 / error, and boosting goes on from there.
 * Fit O(cases · features · rounds), predict O(cases · (n + trees)). Source of the reweighing: Holland and Welsch (1977).
 */
export function fitWindowModel(
  cases: readonly TrainingCase[],
  { period, horizon, price }: { readonly period: number; readonly horizon: number; readonly price: number },
  rng: Rng,
  crew: BoostingCrew | undefined,
): WindowModel {
  const usable = cases.filter(({ actual }) => actual.length > 0);
  const profile = measureProfile(usable, period);
  const columns = fillColumns(usable, ({ known }) => describeOnce(known, horizon));
  const table = binFeatures(columns, MAX_BINS, [], crew);
  const rows = usable.map((one) => expandError(one, profile));
  const level = Float64Array.from(usable, ({ known }) => known.meanSize / known.scale);
  const newest = usable.reduce((least, { known }) => Math.min(least, known.back), Number.POSITIVE_INFINITY);
  const recency = usable.map(({ known }) => Math.exp((newest - known.back) / (MEMORY * horizon)));
  const stages: Forest[] = [];
  const fitted = new Float64Array(usable.length);
  for (let stage = 0; stage < STAGES; stage++) {
    const at = stage === 0 ? level : fitted;
    const weight = new Float64Array(usable.length);
    const target = Float64Array.from(rows, ({ square, cross, rest, mean }, row) => {
      const squares = square * at[row] ** 2 - 2 * cross * at[row] + rest;
      const error = Math.sqrt(Math.max(0, squares) + LEAST_ERROR ** 2);
      weight[row] = (recency[row] * square) / error;
      const pull = level[row] > 0 ? (price * mean * error) / level[row] : 0;
      return square > 0 ? (cross + pull) / square - fitted[row] : 0;
    });
    const forest = fitBoosting(table, target, weight, TREES, rng, undefined, crew);
    predictForest(forest, table).forEach((value, row) => (fitted[row] += value));
    stages.push(forest);
  }
  return { horizon, profile, stages };
}

/** Forecasts of the cases given, a value a step, in units of the series, at least 0. */
export function predictWindows(
  { horizon, profile, stages }: WindowModel,
  cases: readonly OriginCase[],
): Float64Array[] {
  const columns = fillColumns(cases, (one) => describeOnce(one, horizon));
  const { bins } = stages[0];
  const table = {
    rowCount: cases.length,
    columns: columns.map((column, feature) => binColumn(column, bins[feature])),
  };
  const parts = stages.map((forest) => predictForest(forest, table));
  return cases.map(({ back, scale }, row) => {
    const level = Math.max(
      0,
      parts.reduce((sum, part) => sum + part[row], 0),
    );
    return Float64Array.from(
      { length: horizon },
      (_, step) => level * scale * profile[phaseOf(step - back, profile.length)],
    );
  });
}

/** Mean squared error of a window as a function of the level: square · level² − 2 · cross · level + rest, in squared scales. */
interface WindowError {
  readonly square: number;
  readonly cross: number;
  readonly rest: number;
  /** Mean of the profile over the window. */
  readonly mean: number;
}

function expandError({ known, actual }: TrainingCase, profile: Float64Array): WindowError {
  let [square, cross, rest, mean] = [0, 0, 0, 0];
  for (let step = 0; step < actual.length; step++) {
    const share = profile[phaseOf(step - known.back, profile.length)];
    const value = actual[step] / known.scale;
    square += share * share;
    cross += share * value;
    rest += value * value;
    mean += share;
  }
  const steps = actual.length;
  return { square: square / steps, cross: cross / steps, rest: rest / steps, mean: mean / steps };
}

/**
 * Root of the mean demand of each phase over all cases, in scales, divided by its mean: closed days stay near 0 and strong ones are
 * damped, as the error of a window counts its wild days most.
 */
function measureProfile(cases: readonly TrainingCase[], period: number): Float64Array {
  const sums = new Float64Array(period);
  const counts = new Float64Array(period);
  for (const { known, actual } of cases) {
    for (let step = 0; step < actual.length; step++) {
      const phase = phaseOf(step - known.back, period);
      sums[phase] += Math.max(0, actual[step]) / known.scale;
      counts[phase]++;
    }
  }
  const roots = sums.map((sum, phase) => (counts[phase] > 0 ? Math.sqrt(sum / counts[phase]) : 0));
  const mean = roots.reduce((sum, root) => sum + root, 0) / period;
  return roots.map((root) => (mean > 0 ? root / mean : 1));
}

/** What was said of a case, by horizon: the models of a pool, and its two fits, ask for the same cases. */
const describedOf = createOnceForEach<Map<number, readonly number[]>>();

function describeOnce(one: OriginCase, horizon: number): readonly number[] {
  const described = describedOf(one, () => new Map());
  const values = described.get(horizon) ?? describeWindow(one, horizon);
  described.set(horizon, values);
  return values;
}

function fillColumns<T>(items: readonly T[], describe: (item: T) => readonly number[]): Float32Array[] {
  const columns = Array.from({ length: WINDOW_FEATURES }, () => new Float32Array(items.length));
  items.forEach((item, row) => {
    const values = describe(item);
    for (let feature = 0; feature < WINDOW_FEATURES; feature++) columns[feature][row] = values[feature];
  });
  return columns;
}
