/**
 * Root mean squared scaled error: the root of mean (y − f)² over the horizon divided by the in-sample mean squared
 * one-step difference, counted from the first non-zero value on.
 * Returns undefined where the history has no change to scale by. Source: Makridakis et al. (2022), the M5 measure. O(n).
 */
export function rmsse(
  history: ArrayLike<number>,
  actual: ArrayLike<number>,
  forecast: ArrayLike<number>,
): number | undefined {
  let first = 0;
  while (first < history.length && history[first] === 0) first++;
  let scale = 0;
  for (let t = first + 1; t < history.length; t++) scale += (history[t] - history[t - 1]) ** 2;
  scale /= history.length - first - 1;
  if (!(scale > 0)) return undefined;
  let error = 0;
  for (let i = 0; i < actual.length; i++) error += (actual[i] - forecast[i]) ** 2;
  return Math.sqrt(error / actual.length / scale);
}
