/** What errors on a series are measured by. */
export interface SeriesScales {
  /** Mean |x_t − x_{t−m}|; 0 where the series is not longer than m. */
  readonly absoluteScale: number;
  /** Root of the mean squared one-step difference from the first non-zero value on; 0 where there is none. */
  readonly squareScale: number;
  /** Mean |x|. */
  readonly meanSize: number;
  /** Usual size of a forecast error near the end, above 0 unless the series is all zero. */
  readonly localScale: number;
}

/** Values at the end that make the local scale, at least. */
const LOCAL_VALUES = 24;

/** Scales of MASE and RMSSE, and a local one for intervals: the mean of recent absolute changes over one step and one season. O(n). */
export function measureScales(values: Float64Array, period: number): SeriesScales {
  const n = values.length;
  const absoluteScale = n > period ? meanChange(values, period, period) : 0;
  let first = 0;
  while (first < n && values[first] === 0) first++;
  let squares = 0;
  for (let t = first + 1; t < n; t++) squares += (values[t] - values[t - 1]) ** 2;
  const meanSize = values.reduce((sum, value) => sum + Math.abs(value), 0) / n;
  const from = Math.max(0, n - Math.max(LOCAL_VALUES, 8 * period));
  const lag = n - from > 2 * period ? period : 1;
  const local = n > 1 ? 0.5 * (meanChange(values, lag, from + lag) + meanChange(values, 1, from + 1)) : 0;
  const whole = n > 1 ? meanChange(values, 1, 1) : 0;
  return {
    absoluteScale,
    squareScale: n > first + 1 ? Math.sqrt(squares / (n - first - 1)) : 0,
    meanSize,
    localScale: Math.max(0.8 * local + 0.2 * whole, 0.01 * meanSize),
  };
}

function meanChange(values: Float64Array, lag: number, start: number): number {
  let sum = 0;
  for (let t = start; t < values.length; t++) sum += Math.abs(values[t] - values[t - lag]);
  return values.length > start ? sum / (values.length - start) : 0;
}
