import { createRng, type Rng } from "../../../core/rng.ts";
import type { BoostingCrew } from "../boosting/boosting-work.ts";
import { guardValues } from "../guard-forecast.ts";
import { admitOrigins, keepAdmitted } from "./admit-origins.ts";
import { addIntervals, type Calibration, calibratePool } from "./calibrate-pool.ts";
import { applyLift, chooseLift, type Lift, NO_LIFT } from "./choose-lift.ts";
import { detectSeason } from "./detect-season.ts";
import { fitGlobal, globalNames, type GlobalModels, predictGlobal } from "./global-models.ts";
import { memberSetOf } from "./member-forecasts.ts";
import { combineRows, openCase, type OriginCase, type PoolShape, type TrainingCase } from "./origin-case.ts";
import type { PanelForecast, PanelSeries, PastForecast, PoolReport } from "./panel-types.ts";
import { createPoolObjective, type ValidationCase } from "./pool-objective.ts";
import { selectWeights } from "./select-weights.ts";

/** Fewer validation cases than this say too little to choose by: the members count the same. */
const MIN_CASES = 8;
/** Values before the first origin of a case. */
const MIN_HISTORY = 4;
/** Rows that global models need, in the part before validation. */
const MIN_GLOBAL_ROWS = 1500;
/** Training origins a series: as many as the cases allow, within these bounds. */
const MIN_TRAINING_ORIGINS = 4;
const MAX_TRAINING_ORIGINS = 20;
const MAX_TRAINING_CASES = 24_000;
const MAX_BASE_CASES = 3000;
const MAX_VALIDATION_CASES = 12_000;
/**
 * A member is good when its loss is within this factor of the best one's: forecasts of rare demand all lose about the same. The
 * windows of one panel share their weather, so that a part of the weight goes evenly to the good members.
 */
const SELECTION = {
  regular: { goodFactor: 1.1, shrink: 0.35 },
  intermittent: { goodFactor: 1.02, shrink: 0.25 },
} as const;
/** How much RMSSE a relative bias of 1 is worth when it is known from very many windows. */
const BIAS_PRICE = 0.04;
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
  const plain: PoolShape = { kind, period, season, horizon, baseWeights: equal };
  const rng = createRng(seed);

  const windows = chooseWindows(pool, plain);
  const reach = chooseReach(pool, horizon);
  const admitted = kind === "intermittent" ? admitOrigins(pool) : undefined;
  const validation = sampleTo(listValidation(pool, windows, reach), MAX_VALIDATION_CASES, rng);
  const opened = createCaseCache(pool, plain);
  const learn = (cut: number): TrainingCase[] =>
    sampleTo(keepAdmitted(listTraining(pool, cut, horizon), admitted), MAX_TRAINING_CASES, rng).map(
      ({ index, origin }) => {
        const { values } = pool[index];
        return {
          known: opened(index, origin),
          actual: values.subarray(origin, Math.min(origin + horizon, values.length - cut)),
        };
      },
    );
  const earlier = learn(windows * reach);
  const shape: PoolShape = { ...plain, baseWeights: chooseBase(sampleTo(earlier, MAX_BASE_CASES, rng), plain) };
  const isGlobal = earlier.reduce((sum, { actual }) => sum + actual.length, 0) >= MIN_GLOBAL_ROWS;
  const weighed = isGlobal ? fitGlobal(earlier, shape, rng, crew) : undefined;
  const known = validation.map(({ index, origin }) => opened(index, origin));
  const names = [...members.names, ...(isGlobal ? globalNames(kind) : [])];
  // A shop that grows outruns models of three windows ago: its newest window is forecast by models that know the others.
  const fresh =
    isGlobal && kind === "intermittent" && windows > 1 ? fitGlobal(learn(reach), shape, rng, crew) : weighed;
  const isNewest = ({ back }: OriginCase): boolean => back === reach;
  const [newer, older] = [
    inChunks(known.filter(isNewest), (part) => forecastMembers(fresh, part)),
    inChunks(
      known.filter((one) => !isNewest(one)),
      (part) => forecastMembers(weighed, part),
    ),
  ];
  const [nextNewer, nextOlder] = [newer.values(), older.values()];
  const rows = known.map((one) => (isNewest(one) ? nextNewer : nextOlder).next().value ?? []);
  const cases: (ValidationCase & OriginCase & Origin)[] = known.map((one, at) => {
    const { index, origin } = validation[at];
    const actual = pool[index].values.subarray(origin, origin + reach);
    return { ...one, members: rows[at], actual, index, origin };
  });
  // Chosen on windows whose models know all before them: a bias that comes of models left behind is not to be lifted.
  const isTold = ({ back }: OriginCase): boolean => back === reach || back === windows * reach;
  const choosing = keepAdmitted(kind === "regular" ? cases : cases.filter(isTold), admitted);
  const told = Math.min(2, windows);
  const weights =
    choosing.length < MIN_CASES
      ? new Float64Array(names.length).fill(1 / names.length)
      : kind === "regular"
        ? selectByWindow(choosing, names.length)
        : selectWeights(createPoolObjective(choosing, kind, priceOfBias(told)), SELECTION[kind]);
  const blend = ({ members }: ValidationCase): Float64Array => combineRows(members, weights);
  const lift =
    kind === "regular"
      ? NO_LIFT
      : chooseLift(
          choosing.map((one) => ({ ...one, mean: blend(one) })),
          told,
        );
  const past = cases.map((one, at) => ({ ...validation[at], mean: applyLift(lift, blend(one), one) }));
  const calibration = calibratePool(
    cases.map(({ actual, localScale, back }, at) => ({
      mean: past[at].mean,
      actual,
      scale: localScale,
      window: back / reach - 1,
    })),
    horizon,
    kind,
  );

  const models = isGlobal ? fitGlobal(learn(0), shape, rng, crew) : undefined;
  const named = Object.fromEntries(names.map((name, at) => [name, Math.round(weights[at] * 1e4) / 1e4]));
  return {
    model: { shape, models, weights, lift, calibration },
    // Windows that end before the horizon does compare with no forecast of today.
    past: reach < horizon ? [] : past,
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

/**
 * Weights chosen on each window by itself, then their mean by the cases they were chosen on: a window is one draw of the weather, and what
 * was good in one of them alone should not decide for all. Windows of too few cases are left out, unless all are.
 */
function selectByWindow(cases: readonly (ValidationCase & OriginCase)[], memberCount: number): Float64Array {
  const backs = [...new Set(cases.map(({ back }) => back))];
  const windows = backs.map((back) => cases.filter((one) => one.back === back));
  const told = windows.filter((window) => window.length >= MIN_CASES);
  const parts = told.length > 0 ? told : [cases];
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  const weights = new Float64Array(memberCount);
  for (const part of parts) {
    selectWeights(createPoolObjective(part, "regular"), SELECTION.regular).forEach((weight, member) => {
      weights[member] += (weight * part.length) / total;
    });
  }
  return weights;
}

/** The bias of one window says little about the next: it counts by the share that the mean of the windows takes off its variance. */
function priceOfBias(windows: number): number {
  return BIAS_PRICE * (1 - 1 / windows);
}

/** A row a member, then a row a global model, for each case. */
function forecastMembers(models: GlobalModels | undefined, part: readonly OriginCase[]): Float64Array[][] {
  if (models === undefined) return part.map((one) => [...one.members]);
  return predictGlobal(models, part).map((rows, at) => [...part[at].members, ...rows]);
}

/** Weights of the members before any global model, from the cases before validation. */
function chooseBase(cases: readonly TrainingCase[], { kind, baseWeights }: PoolShape): Float64Array {
  if (cases.length < MIN_CASES) return baseWeights;
  const known = cases.map(({ known, actual }) => ({ ...known, actual }));
  return selectWeights(createPoolObjective(known, kind), SELECTION[kind]);
}

interface Origin {
  readonly index: number;
  readonly origin: number;
}

/** Validation windows a series: as many as most histories hold with enough before them, at most three. */
function chooseWindows(pool: readonly PanelSeries[], { season, horizon }: PoolShape): number {
  const holds = (windows: number): boolean => {
    const long = pool.filter(({ values }) => values.length >= (windows + 1) * horizon + 2 * season).length;
    return 2 * long >= pool.length;
  };
  return holds(3) ? 3 : holds(2) ? 2 : 1;
}

/**
 * Steps ahead that validation can know: the horizon, or, where histories are shorter than it, the third of the longer half of
 * them.
 */
function chooseReach(pool: readonly PanelSeries[], horizon: number): number {
  if (listValidation(pool, 1, horizon).length >= Math.min(MIN_CASES, pool.length)) return horizon;
  const lengths = Float64Array.from(pool, ({ values }) => values.length).sort();
  return Math.max(1, Math.min(horizon, Math.floor(lengths[lengths.length >> 1] / 3)));
}

function listValidation(pool: readonly PanelSeries[], windows: number, reach: number): Origin[] {
  return pool.flatMap(({ values }, index) =>
    Array.from({ length: windows }, (_, at) => ({ index, origin: values.length - (at + 1) * reach })).filter(
      ({ origin }) => origin >= MIN_HISTORY,
    ),
  );
}

/** Origins of cases whose known steps end `cut` before the end of the series, half a horizon apart. */
function listTraining(pool: readonly PanelSeries[], cut: number, horizon: number): Origin[] {
  const stride = Math.ceil(horizon / 2);
  const perSeries = Math.round(MAX_TRAINING_CASES / pool.length);
  const count = Math.min(MAX_TRAINING_ORIGINS, Math.max(MIN_TRAINING_ORIGINS, perSeries));
  return pool.flatMap(({ values }, index) =>
    Array.from({ length: count }, (_, at) => ({ index, origin: values.length - cut - (at + 1) * stride })).filter(
      ({ origin }) => origin >= MIN_HISTORY,
    ),
  );
}

/** Opens each case once. */
function createCaseCache(
  pool: readonly PanelSeries[],
  shape: PoolShape,
): (index: number, origin: number) => OriginCase {
  const cache = new Map<string, OriginCase>();
  return (index, origin) => {
    const key = `${index} ${origin}`;
    const known = cache.get(key) ?? openCase(pool[index].values, origin, shape);
    cache.set(key, known);
    return known;
  };
}

/** A seeded sample of at most `count`, in order. */
function sampleTo<T>(items: readonly T[], count: number, rng: Rng): readonly T[] {
  if (items.length <= count) return items;
  let taken = 0;
  return items.filter((_, at) => {
    const isTaken = (items.length - at) * rng.next() < count - taken;
    if (isTaken) taken++;
    return isTaken;
  });
}

function inChunks<T, R>(items: readonly T[], work: (part: readonly T[]) => readonly R[]): R[] {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += CHUNK) {
    for (const result of work(items.slice(at, at + CHUNK))) results.push(result);
  }
  return results;
}
