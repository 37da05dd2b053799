import type { Rng } from "../../../core/rng.ts";
import { openCase, type OriginCase, type PoolShape } from "./origin-case.ts";
import type { PanelSeries } from "./panel-types.ts";

/** Values before the first origin of a case. */
const MIN_HISTORY = 4;
/** Training origins a series: as many as the cases allow, within these bounds. */
const MIN_TRAINING_ORIGINS = 4;
const MAX_TRAINING_ORIGINS = 20;
export const MAX_TRAINING_CASES = 24_000;
/** Windows whose errors make the intervals of regular series, where histories hold them. */
const CALIBRATED_WINDOWS = 8;
/** Fewer series than this in a window of the horizon, and the windows are shorter. */
const FEWEST_SERIES = 8;

/** A series of a pool, by its place, and how many of its values are known. */
export interface Origin {
  readonly index: number;
  readonly origin: number;
}

/** Validation windows a series: as many as most histories hold with enough before them, at most three. */
export function chooseWindows(pool: readonly PanelSeries[], { season, horizon }: PoolShape): number {
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
export function chooseReach(pool: readonly PanelSeries[], horizon: number): number {
  if (listValidation(pool, 1, horizon).length >= Math.min(FEWEST_SERIES, pool.length)) return horizon;
  const lengths = Float64Array.from(pool, ({ values }) => values.length).sort();
  return Math.max(1, Math.min(horizon, Math.floor(lengths[lengths.length >> 1] / 3)));
}

/** Origins of the last windows of `reach` steps, newest first within a series. */
export function listValidation(pool: readonly PanelSeries[], windows: number, reach: number): Origin[] {
  return pool.flatMap(({ values }, index) =>
    Array.from({ length: windows }, (_, at) => ({ index, origin: values.length - (at + 1) * reach })).filter(
      ({ origin }) => origin >= MIN_HISTORY,
    ),
  );
}

/** Origins of whole windows before those of validation, up to the eighth from the end, in histories long enough to hold them. */
export function listOlder(
  pool: readonly PanelSeries[],
  windows: number,
  { season, horizon }: Pick<PoolShape, "season" | "horizon">,
): Origin[] {
  return pool.flatMap(({ values }, index) =>
    Array.from({ length: CALIBRATED_WINDOWS - windows }, (_, at) => ({
      index,
      origin: values.length - (windows + at + 1) * horizon,
    })).filter(({ origin }) => origin >= horizon + 2 * season),
  );
}

/** Origins of cases whose known steps end `cut` before the end of the series, half a horizon apart. */
export function listTraining(pool: readonly PanelSeries[], cut: number, horizon: number): Origin[] {
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
export function createCaseCache(
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
export function sampleTo<T>(items: readonly T[], count: number, rng: Rng): readonly T[] {
  if (items.length <= count) return items;
  let taken = 0;
  return items.filter((_, at) => {
    const isTaken = (items.length - at) * rng.next() < count - taken;
    if (isTaken) taken++;
    return isTaken;
  });
}
