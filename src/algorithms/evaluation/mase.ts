/**
 * Mean absolute scaled error: mean |y − f| over the horizon divided by the in-sample mean |x_t − x_{t−m}|.
 * Returns undefined where the history is shorter than m + 1 or never changes over m steps: there is no scale then.
 * Source: Hyndman and Koehler (2006); the convention of the M4 tables. O(n).
 */
export function mase(
  history: ArrayLike<number>,
  actual: ArrayLike<number>,
  forecast: ArrayLike<number>,
  period: number,
): number | undefined {
  let scale = 0;
  for (let t = period; t < history.length; t++) scale += Math.abs(history[t] - history[t - period]);
  scale /= history.length - period;
  if (!(scale > 0)) return undefined;
  let error = 0;
  for (let i = 0; i < actual.length; i++) error += Math.abs(actual[i] - forecast[i]);
  return error / actual.length / scale;
}
