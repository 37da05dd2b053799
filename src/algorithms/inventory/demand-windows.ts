import { requireAtLeast } from "../require-numbers.ts";

/**
 * Demand of every stretch of `lengthSteps` steps in a history: the outcomes a lead time can bring, without any assumption on
 * their distribution; what neighbouring days have in common stays in the sums.
 *
 * Input: demand a step in units, oldest first; the length may be a fraction of a step (demand within a step counts as even).
 * Output: ascending sums, one for each step at which a stretch can begin; empty when the history is shorter.
 * O(n log n) time, O(n) memory.
 */
export function sumDemandWindows(history: Float64Array, lengthSteps: number): Float64Array {
  requireAtLeast(lengthSteps, 0, "lengthSteps");
  const whole = Math.floor(lengthSteps);
  const rest = lengthSteps - whole;
  const count = history.length - Math.ceil(lengthSteps) + 1;
  const sums = new Float64Array(Math.max(0, count));
  let sum = 0;
  for (let t = 0; t < Math.min(whole, history.length); t++) sum += history[t];
  for (let start = 0; start < sums.length; start++) {
    sums[start] = sum + (rest > 0 ? rest * history[start + whole] : 0);
    sum += (history[start + whole] ?? 0) - (history[start] ?? 0);
  }
  // Running sums of zeros may end a rounding error below 0.
  for (let start = 0; start < sums.length; start++) if (sums[start] < 0) sums[start] = 0;
  return sums.sort();
}
