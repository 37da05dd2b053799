/** Least-squares line: value at the first time, and slope per step (0 for a single value). O(n). */
export function fitLine(series: Float64Array): { readonly start: number; readonly slope: number } {
  const n = series.length;
  const middle = (n - 1) / 2;
  let [sum, moment] = [0, 0];
  for (let t = 0; t < n; t++) {
    sum += series[t];
    moment += (t - middle) * series[t];
  }
  const slope = n > 1 ? (12 * moment) / (n * (n * n - 1)) : 0;
  return { start: sum / n - slope * middle, slope };
}
