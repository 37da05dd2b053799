import { smoothLoess } from "./smooth-loess.ts";

const INNER_LOOPS = 2;

/**
 * Season of a series by LOESS: the season may change slowly, from cycle to cycle, over about `seasonWindow` cycles (odd).
 * Needs two full periods. Returns one value a step. O(n · window). Source: Cleveland, Cleveland, McRae and Terpenning
 * (1990), without the robustness loop.
 */
export function decomposeStl(series: Float64Array, period: number, seasonWindow: number): Float64Array {
  const n = series.length;
  const trendWindow = nextOdd(Math.ceil((1.5 * period) / (1 - 1.5 / seasonWindow)));
  const cycles = new Float64Array(n + 2 * period);
  const season = new Float64Array(n);
  let trend: Float64Array = new Float64Array(n);
  for (let loop = 0; loop < INNER_LOOPS; loop++) {
    for (let phase = 0; phase < period; phase++) {
      const count = Math.ceil((n - phase) / period);
      const sub = Float64Array.from(
        { length: count },
        (_, i) => series[phase + i * period] - trend[phase + i * period],
      );
      smoothLoess(sub, seasonWindow, -1, count + 1).forEach((value, i) => (cycles[phase + i * period] = value));
    }
    const low = smoothLoess(average(average(average(cycles, period), period), 3), nextOdd(period), 0, n);
    for (let t = 0; t < n; t++) season[t] = cycles[t + period] - low[t];
    trend = smoothLoess(
      series.map((value, t) => value - season[t]),
      trendWindow,
      0,
      n,
    );
  }
  return season;
}

function nextOdd(value: number): number {
  return value % 2 === 1 ? value : value + 1;
}

/** Moving average over `width` values; the answer is width − 1 shorter. */
function average(values: Float64Array, width: number): Float64Array {
  const means = new Float64Array(values.length - width + 1);
  let sum = 0;
  for (let t = 0; t < values.length; t++) {
    sum += values[t] - (t >= width ? values[t - width] : 0);
    if (t >= width - 1) means[t - width + 1] = sum / width;
  }
  return means;
}
