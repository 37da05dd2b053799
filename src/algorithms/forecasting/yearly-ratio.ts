/** Steps whose mean a year ago is the level that ratios are relative to. */
const LEVEL_STEPS = 13;
/** A step's ratio is taken from so many steps on either side of it too. */
const REACH = 2;

/**
 * What a year ago the next steps were relative to the level before them: the yearly season of a series of two years or less,
 * to multiply a forecast without season with. 1 everywhere where the series is shorter than `stepsPerYear` + 13.
 *
 * Values of five steps around each are averaged. The logarithms of the ratios shrink towards 0 by the positive part of
 * 1 − noise / mean square, the noise being what chance alone would give means of so many steps: a year that says little
 * changes nothing, and no second year is needed to tell. A step without any value a year ago is closed: its ratio is 0.
 *
 * Input: values of at least 0, oldest first, best a sum over many products. O(horizon).
 * Source: ratio to the level of classical decomposition; shrinkage after James and Stein (1961), positive part.
 */
export function measureYearlyRatio(values: Float64Array, horizon: number, stepsPerYear: number): Float64Array {
  const ratios = new Float64Array(horizon).fill(1);
  const next = values.length - stepsPerYear;
  const from = next - LEVEL_STEPS;
  if (from < 0) return ratios;
  const end = Math.min(values.length, next + horizon + REACH);
  let [level, open] = [0, 0];
  for (let t = from; t < next; t++) {
    if (values[t] === 0) continue;
    level += values[t];
    open++;
  }
  if (open === 0) return ratios;
  level /= open;

  const near = (at: number): number => meanOpen(values, Math.max(from, at - REACH), Math.min(end, at + REACH + 1));
  let [squares, count] = [0, 0];
  for (let t = from; t < Math.min(values.length, next + horizon); t++) {
    if (values[t] === 0) continue;
    squares += (values[t] / near(t) - 1) ** 2;
    count++;
  }
  const width = 2 * REACH + 1;
  const variance = ((squares / count) * width) / (width - 1);
  const noise = variance * (1 / width + 1 / open);
  const logs = ratios.map((_, step) => {
    const value = near(next + step);
    return value > 0 ? Math.log(value / level) : 0;
  });
  const size = logs.reduce((sum, value) => sum + value * value, 0) / horizon;
  const kept = size > 0 ? Math.max(0, 1 - noise / size) : 0;
  return logs.map((value, step) => (values[next + step] === 0 ? 0 : Math.exp(kept * value)));
}

/** Mean of the values above 0 in [from, to); 0 where there is none. */
function meanOpen(values: Float64Array, from: number, to: number): number {
  let [sum, count] = [0, 0];
  for (let t = from; t < to; t++) {
    if (values[t] === 0) continue;
    sum += values[t];
    count++;
  }
  return count > 0 ? sum / count : 0;
}
