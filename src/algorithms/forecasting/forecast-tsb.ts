const SIZE_ALPHA = 0.1;
const PROBABILITY_ALPHA = 0.1;

/**
 * Smoothed probability of a demand, moved at every step, times its smoothed size: unlike Croston's rate it falls while
 * nothing sells. Starts from the first demand's size and the share of steps with demand over the first year's worth of
 * values (at most 52). O(n). Source: Teunter, Syntetos and Babai (2011).
 */
export function forecastTsb(train: Float64Array, _period: number, horizon: number): Float64Array {
  const first = train.find((value) => value !== 0);
  if (first === undefined) return new Float64Array(horizon);
  const early = train.subarray(0, 52);
  let probability = early.reduce((count, value) => count + Number(value !== 0), 0) / early.length;
  let size = first;
  for (const value of train) {
    if (value !== 0) size += SIZE_ALPHA * (value - size);
    probability += PROBABILITY_ALPHA * (Number(value !== 0) - probability);
  }
  return new Float64Array(horizon).fill(probability * size);
}
