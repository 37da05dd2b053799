import { requireBetween } from "../require-numbers.ts";

/** Buyers added to both counts, so that a handful of sales makes no trend. */
const PRIOR_BUYERS = 2;

/**
 * How much an item sells of late for what it sold in all: log((recent + 2) / (ever + 2)), brought to mean 0 and deviation 1
 * over the open items. New and seasonal items are high, those going out low: what a model of who bought what cannot see, for
 * to it an item of last week has few buyers like one nobody wants.
 *
 * Input: buyers of each item of late and in all (recent ≤ ever), and 1 for items on offer. Output: one number an item, 0 for closed
 * ones and everywhere where all are alike. O(items). Errors: `ALGORITHM_INPUT_INVALID` for counts that are negative or no numbers.
 */
export function measureTrend(recent: ArrayLike<number>, ever: ArrayLike<number>, isOpen: Uint8Array): Float32Array {
  const trend = new Float32Array(isOpen.length);
  let [count, sum, squares] = [0, 0, 0];
  for (let item = 0; item < isOpen.length; item++) {
    if (isOpen[item] === 0) continue;
    requireBetween(ever[item], 0, 1e12, "ever");
    requireBetween(recent[item], 0, 1e12, "recent");
    const value = Math.log((recent[item] + PRIOR_BUYERS) / (ever[item] + PRIOR_BUYERS));
    trend[item] = value;
    count++;
    sum += value;
    squares += value * value;
  }
  if (count === 0) return trend;
  const mean = sum / count;
  const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
  // Rounding alone makes a deviation of about 1e-8 of equal values.
  if (deviation < 1e-6) return trend.fill(0);
  return trend.map((value, item) => (isOpen[item] === 0 ? 0 : (value - mean) / deviation));
}
