import { combineRows, type OriginCase, type PoolShape } from "./origin-case.ts";
import { phaseOf } from "./phase-of.ts";

const LAGS = 4;
const WINDOW_SEASONS = [1, 4, 13] as const;
/** Features that are the same for all steps from one origin. */
const ORIGIN_FEATURES = 14;
/** Features of a step, besides the members. */
const STEP_FEATURES = 2 + LAGS + 2 + 3 + 2;

/** Number of feature columns of a pool. */
export function countFeatures(shape: PoolShape): number {
  return STEP_FEATURES + ORIGIN_FEATURES + shape.baseWeights.length;
}

/**
 * Writes the features of the steps given from one origin into columns at rows from `at` on, divided by the scale of the case where
 * they are in units of the series: step, phase of the featured season, the last four values of the same phase and their means over four
 * and eight periods, three lags of the featured season where it is longer, every member and their spread; and of the origin: last value, means of
 * three windows, deviation, share of zeros, steps since the last sale, recent slope, size, length. NaN where there is no such value.
 * O(steps · features + history in the windows).
 */
export function writeFeatures(
  shape: PoolShape,
  one: OriginCase,
  steps: ArrayLike<number>,
  columns: readonly Float32Array[],
  at: number,
): void {
  const { period, featuredSeason: season, horizon } = shape;
  const { history, scale, members } = one;
  const base = combineRows(members, shape.baseWeights);
  const n = history.length;
  const origin = describeOrigin(one, period);
  for (let index = 0; index < steps.length; index++) {
    const [step, row] = [steps[index], at + index];
    let column = 0;
    const put = (value: number): void => {
      columns[column++][row] = value;
    };
    put(horizon > 1 ? step / (horizon - 1) : 0);
    put(phaseOf(step - one.back, season));
    const nearest = n + step - period * Math.ceil((step + 1) / period);
    let [sum, count, shortMean] = [0, 0, Number.NaN];
    for (let lag = 0; lag < 8; lag++) {
      const time = nearest - lag * period;
      const value = time >= 0 ? history[time] / scale : Number.NaN;
      if (time >= 0) {
        sum += value;
        count++;
      }
      if (lag < LAGS) put(value);
      if (lag === LAGS - 1 && count > 0) shortMean = sum / count;
    }
    put(shortMean);
    put(count > 0 ? sum / count : Number.NaN);
    const far = n + step - season * Math.ceil((step + 1) / season);
    put(season > period && far >= 0 ? history[far] / scale : Number.NaN);
    put(season > period && far >= season ? history[far - season] / scale : Number.NaN);
    put(season > period && far >= 2 * season ? history[far - 2 * season] / scale : Number.NaN);
    let spread = 0;
    for (const member of members) {
      put(member[step] / scale);
      spread += Math.abs(member[step] - base[step]);
    }
    put(base[step] / scale);
    put(spread / members.length / scale);
    for (const value of origin) put(value);
  }
}

/** ORIGIN_FEATURES numbers. */
function describeOrigin({ history, scale, meanSize, localScale }: OriginCase, period: number): number[] {
  const n = history.length;
  const unit = period > 1 ? period : 3;
  const [short, medium, long] = WINDOW_SEASONS.map((seasons) => meanOf(history, n - seasons * unit, n));
  const before = n > unit ? meanOf(history, n - 2 * unit, n - unit) : Number.NaN;
  const from = Math.max(0, n - 4 * unit);
  let [squares, zeros, size, since] = [0, 0, 0, 0];
  for (let t = from; t < n; t++) {
    squares += (history[t] - medium) ** 2;
    if (history[t] === 0) zeros++;
    size = Math.max(size, Math.abs(history[t]));
  }
  while (since < n && history[n - 1 - since] === 0) since++;
  return [
    history[n - 1] / scale,
    meanOf(history, n - 3, n) / scale,
    short / scale,
    medium / scale,
    long / scale,
    Math.sqrt(squares / (n - from)) / scale,
    zeros / (n - from),
    Math.min(since, 200) / unit,
    (short - before) / scale,
    (medium - long) / scale,
    size / scale,
    meanSize / scale,
    localScale / scale,
    Math.log(n),
  ];
}

function meanOf(values: Float64Array, from: number, to: number): number {
  const start = Math.max(0, from);
  let sum = 0;
  for (let t = start; t < to; t++) sum += values[t];
  return to > start ? sum / (to - start) : Number.NaN;
}
