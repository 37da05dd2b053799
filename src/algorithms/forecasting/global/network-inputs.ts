import { combineRows, type OriginCase, type PoolShape } from "./origin-case.ts";

/** Seasons of the last values, at least and at most so many values. */
const WINDOW_SEASONS = 3;
const LEAST_WINDOW = 8;
const GREATEST_WINDOW = 48;
/** Members whose distance from the base is an input at every step, the most telling ones first; as many as this many inputs hold. */
const TELLING = ["seasonalProfile", "holtWintersLog", "sNaive", "theta", "damped", "ses"] as const;
const MEMBER_INPUTS = 160;
const OTHERS = 3;
/** Ratios to the recent level are cut off at these. */
const GREATEST_RATIO = 2;
const GREATEST_DISTANCE = 1;

/** Number of inputs of a pool's network. */
export function countInputs(shape: PoolShape, names: readonly string[]): number {
  return windowOf(shape) + shape.horizon * (1 + listTelling(shape, names).length) + OTHERS;
}

/**
 * Writes what the network sees of a series from one origin, from `at` on: the last values, the base at every step ahead, how far the most telling
 * members lie from it, all in units of the recent level; length and how much the series moves. A missing value counts as the level.
 * O(inputs).
 */
export function writeInputs(
  shape: PoolShape,
  names: readonly string[],
  { history, scale, members, localScale, absoluteScale }: OriginCase,
  inputs: Float32Array,
  at: number,
): void {
  const { horizon } = shape;
  const base = combineRows(members, shape.baseWeights);
  const window = windowOf(shape);
  let to = at;
  for (let back = window; back >= 1; back--) {
    inputs[to++] = back <= history.length ? bound(history[history.length - back] / scale - 1, GREATEST_RATIO) : 0;
  }
  for (let step = 0; step < horizon; step++) inputs[to++] = bound(base[step] / scale - 1, GREATEST_RATIO);
  for (const member of listTelling(shape, names)) {
    const row = members[member];
    for (let step = 0; step < horizon; step++)
      inputs[to++] = bound((row[step] - base[step]) / scale, GREATEST_DISTANCE);
  }
  inputs[to++] = Math.log(history.length);
  inputs[to++] = bound(localScale / scale, GREATEST_RATIO);
  inputs[to++] = bound(absoluteScale / scale, GREATEST_RATIO);
}

function windowOf({ season }: PoolShape): number {
  return Math.min(GREATEST_WINDOW, Math.max(LEAST_WINDOW, WINDOW_SEASONS * season));
}

function listTelling({ horizon }: PoolShape, names: readonly string[]): number[] {
  const known = TELLING.map((name) => names.indexOf(name)).filter((member) => member >= 0);
  return known.slice(0, Math.floor(MEMBER_INPUTS / horizon));
}

function bound(value: number, limit: number): number {
  return value > limit ? limit : value < -limit ? -limit : value;
}
