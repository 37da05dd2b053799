/** Errors in ascending order, and the weights of each with all before it. */
export interface WeightedErrors {
  readonly errors: Float64Array;
  readonly weightUpTo: Float64Array;
}

/** Sorts errors with their weights, which are above 0. O(n log n). */
export function weighErrors(items: readonly { readonly error: number; readonly weight: number }[]): WeightedErrors {
  const ordered = [...items].sort((a, b) => a.error - b.error);
  let total = 0;
  return {
    errors: Float64Array.from(ordered, ({ error }) => error),
    weightUpTo: Float64Array.from(ordered, ({ weight }) => (total += weight)),
  };
}

/**
 * The value that a new error of weight 1 stays at or below with at least the given probability: the least error with the share
 * `level` of all weights at or below it, the new one counted above all; for lower tails (level below ½) the mirror image.
 * With weights of 1 the order statistic of `conformalQuantile`; 0 where there are no errors. O(log n).
 * Source: Barber et al. (2023), conformal prediction beyond exchangeability.
 */
export function weightedConformalQuantile({ errors, weightUpTo }: WeightedErrors, level: number): number {
  const n = errors.length;
  if (n === 0) return 0;
  const wanted = level * (weightUpTo[n - 1] + 1);
  // Errors whose weights, with all before them, stay short of what is wanted.
  let [short, high] = [0, n];
  while (short < high) {
    const middle = (short + high) >> 1;
    const isShort = level >= 0.5 ? weightUpTo[middle] < wanted - 1e-9 : weightUpTo[middle] <= wanted + 1e-9;
    if (isShort) short = middle + 1;
    else high = middle;
  }
  return errors[level >= 0.5 ? Math.min(n - 1, short) : Math.max(0, short - 1)];
}
