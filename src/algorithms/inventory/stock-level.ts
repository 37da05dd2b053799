/**
 * How uncertain demand over a protection time is, in units: the geometric mean of two yardsticks, f + √f (an error of level
 * and the chance of single sales) and σ·√steps (how far steps strayed from their mean). Each alone buys too much somewhere:
 * the first for steady sellers, the second for products with one great order long ago.
 *
 * Input: demand known so far, expected demand f over the protection time and its length in steps. O(n).
 */
export function demandSpread(known: Float64Array, expected: number, protectionSteps: number): number {
  let [sum, squares] = [0, 0];
  for (let t = 0; t < known.length; t++) {
    sum += known[t];
    squares += known[t] * known[t];
  }
  const mean = known.length === 0 ? 0 : sum / known.length;
  const variance = known.length === 0 ? 0 : Math.max(0, squares / known.length - mean * mean);
  return Math.sqrt((expected + Math.sqrt(expected)) * Math.sqrt(variance * protectionSteps));
}

/** Order-up-to level: f + factor · spread, never below 0; the factor is calibrated (see calibrateStockFactor). */
export function stockLevel(expected: number, spread: number, factor: number): number {
  return Math.max(0, expected + factor * spread);
}
