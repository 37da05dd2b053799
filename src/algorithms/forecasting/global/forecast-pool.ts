import { createRng } from "../../../core/rng.ts";
import type { BoostingCrew } from "../boosting/boosting-work.ts";
import { guardValues } from "../guard-forecast.ts";
import { admitOrigins, keepAdmitted } from "./admit-origins.ts";
import { addIntervals, type Calibration, calibratePool } from "./calibrate-pool.ts";
import { applyLift, chooseLift, type Lift, NO_LIFT } from "./choose-lift.ts";
import { chooseFeaturedSeason, detectSeason } from "./detect-season.ts";
import { fitGlobal, globalNames, type GlobalModels, predictGlobal } from "./global-models.ts";
import { memberSetOf } from "./member-forecasts.ts";
import { combineRows, openCase, type OriginCase, type PoolShape, type TrainingCase } from "./origin-case.ts";
import type { PanelForecast, PanelSeries, PastForecast, PoolReport } from "./panel-types.ts";
import {
  chooseReach,
  chooseWindows,
  createCaseCache,
  listOlder,
  listTraining,
  listValidation,
  MAX_TRAINING_CASES,
  sampleTo,
} from "./pool-origins.ts";
import { recallWindows } from "./recall-windows.ts";
import { chooseBase, weighMembers } from "./weigh-members.ts";

/** Rows that global models need, in the part before validation. */
const MIN_GLOBAL_ROWS = 1500;
const MAX_BASE_CASES = 3000;
const MAX_VALIDATION_CASES = 12_000;
/** Series forecast at a time: bounds the memory of the features. */
const CHUNK = 1000;

/** All that a series of a fitted pool needs to be forecast. Plain data: it may cross to another thread. */
export interface PoolModel {
  readonly shape: PoolShape;
  readonly models: GlobalModels | undefined;
  /** A weight a member, then a weight a global model. */
  readonly weights: Float64Array;
  readonly lift: Lift;
  readonly calibration: Calibration;
}

/**
 * Fits what forecasts series of one period, horizon and kind together: closed-form members a series, global ridge and boosting over all,
 * an ensemble whose weights have the least loss on the last windows of the histories (rolling origin, pooled over the series;
 * the global models that are weighed there have seen nothing of these windows), then the global models fitted again up to
 * the end, and intervals from the errors of the weighted forecast on those windows. Samples bound its cost whatever the number of series.
 */
export function fitPool(
  pool: readonly PanelSeries[],
  kind: "regular" | "intermittent",
  seed: number,
  crew?: BoostingCrew,
): {
  readonly model: PoolModel;
  readonly past: readonly PastForecast[];
  readonly report: PoolReport;
} {
  const [{ period, horizon }] = pool;
  const season = detectSeason(pool, period);
  const members = memberSetOf(kind);
  const equal = new Float64Array(members.names.length).fill(1 / members.names.length);
  const featuredSeason = kind === "regular" ? chooseFeaturedSeason(pool, period, season) : season;
  const plain: PoolShape = { kind, period, season, featuredSeason, horizon, baseWeights: equal };
  const rng = createRng(seed);

  const windows = chooseWindows(pool, plain);
  const reach = chooseReach(pool, horizon);
  const admitted = kind === "intermittent" ? admitOrigins(pool) : undefined;
  const validation = sampleTo(listValidation(pool, windows, reach), MAX_VALIDATION_CASES, rng);
  const opened = createCaseCache(pool, plain);
  const learn = (cut: number): TrainingCase[] => {
    const origins = keepAdmitted(listTraining(pool, cut, horizon), admitted);
    return sampleTo(origins, MAX_TRAINING_CASES, rng).map(({ index, origin }) => {
      const { values } = pool[index];
      const end = Math.min(origin + horizon, values.length - cut);
      return { known: opened(index, origin), actual: values.subarray(origin, end) };
    });
  };
  const earlier = learn(windows * reach);
  const shape: PoolShape = { ...plain, baseWeights: chooseBase(sampleTo(earlier, MAX_BASE_CASES, rng), plain) };
  const isGlobal = earlier.reduce((sum, { actual }) => sum + actual.length, 0) >= MIN_GLOBAL_ROWS;
  const weighed = isGlobal ? fitGlobal(earlier, shape, rng, crew) : undefined;
  // A shop that grows outruns models of three windows ago: its newest window is forecast by models that know the others.
  const isFresh = isGlobal && kind === "intermittent" && windows > 1;
  const fresh = isFresh ? fitGlobal(learn(reach), shape, rng, crew) : weighed;
  const known = validation.map(({ index, origin }) => opened(index, origin));
  const rows = forecastWindows(known, ({ back }) => (back === reach ? fresh : weighed));
  const cases = known.map((one, at) => {
    const { index, origin } = validation[at];
    return { ...one, members: rows[at], actual: pool[index].values.subarray(origin, origin + reach), index, origin };
  });

  // Chosen on windows whose models know all before them: a bias that comes of models left behind is not to be lifted.
  const isTold = ({ back }: OriginCase): boolean => back === reach || back === windows * reach;
  const choosing = keepAdmitted(kind === "regular" ? cases : cases.filter(isTold), admitted);
  const told = Math.min(2, windows);
  const names = [...members.names, ...(isGlobal ? globalNames(kind) : [])];
  const weights = weighMembers(choosing, kind, names.length, told);
  const blended = choosing.map((one) => ({ ...one, mean: combineRows(one.members, weights) }));
  const lift = kind === "regular" ? NO_LIFT : chooseLift(blended, told);
  const past = cases.map((one) => ({ ...one, mean: applyLift(lift, combineRows(one.members, weights), one) }));
  const older = kind === "regular" && reach === horizon ? listOlder(pool, windows, plain) : [];
  const recalled = sampleTo(older, MAX_VALIDATION_CASES, rng).map(({ index, origin }) => ({
    ...opened(index, origin),
    actual: pool[index].values.subarray(origin, origin + horizon),
  }));
  const windowOf = ({ back }: OriginCase): number => back / reach - 1;
  const calibration = calibratePool(
    [
      ...past.map((one) => ({ ...one, scale: one.localScale, window: windowOf(one) })),
      ...recallWindows(recalled, past, weights, shape).map((one, at) => ({ ...one, window: windowOf(recalled[at]) })),
    ],
    horizon,
    kind,
  );

  const models = isGlobal ? fitGlobal(learn(0), shape, rng, crew) : undefined;
  const named = Object.fromEntries(names.map((name, at) => [name, Math.round(weights[at] * 1e4) / 1e4]));
  return {
    model: { shape, models, weights, lift, calibration },
    // Windows that end before the horizon does compare with no forecast of today.
    past: reach < horizon ? [] : past.map(({ index, origin, mean }) => ({ index, origin, mean })),
    report: { kind, period, horizon, season, series: pool.length, weights: named },
  };
}

/** Forecasts series of a fitted pool, each by itself: any parting of the pool gives the same. O(series · (members + horizon · trees)). */
export function applyPool(
  { shape, models, weights, lift, calibration }: PoolModel,
  histories: readonly Float64Array[],
): PanelForecast[] {
  return inChunks(histories, (part) => {
    const now = part.map((values) => openCase(values, values.length, shape));
    return forecastMembers(models, now).map((rows, at) => {
      const { history, localScale } = now[at];
      const mean = guardValues(applyLift(lift, combineRows(rows, weights), now[at]), history);
      const isNonNegative = history.every((value) => value >= 0);
      return addIntervals(calibration, mean, localScale, isNonNegative);
    });
  });
}

/** The rows of all members for each case, the global ones by the models that `modelsOf` names for it. */
function forecastWindows(
  cases: readonly OriginCase[],
  modelsOf: (one: OriginCase) => GlobalModels | undefined,
): Float64Array[][] {
  const rows = new Map<OriginCase, Float64Array[]>();
  for (const models of new Set(cases.map(modelsOf))) {
    const own = cases.filter((one) => modelsOf(one) === models);
    inChunks(own, (part) => forecastMembers(models, part)).forEach((found, at) => rows.set(own[at], found));
  }
  return cases.map((one) => rows.get(one) ?? []);
}

/** A row a member, then a row a global model, for each case. */
function forecastMembers(models: GlobalModels | undefined, part: readonly OriginCase[]): Float64Array[][] {
  if (models === undefined) return part.map((one) => [...one.members]);
  return predictGlobal(models, part).map((rows, at) => [...part[at].members, ...rows]);
}

function inChunks<T, R>(items: readonly T[], work: (part: readonly T[]) => readonly R[]): R[] {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += CHUNK) {
    for (const result of work(items.slice(at, at + CHUNK))) results.push(result);
  }
  return results;
}
