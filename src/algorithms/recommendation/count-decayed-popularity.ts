import { requireBetween } from "../require-numbers.ts";

/**
 * Popularity of items per segment with time decay: Σ over lines of 2^(−age / halfLife).
 *
 * Input: equally long arrays of lines: item in [0, itemCount), segment in [0, segmentCount) (a market, a store), age in
 * days (0 = the last day of data; never negative). Output: segmentCount × itemCount, row by row.
 * Time O(lines + greatest age), memory O(segments × items + greatest age). Errors: `ALGORITHM_INPUT_INVALID` for a half-life that is not positive.
 */
export function countDecayedPopularity(
  items: Int32Array,
  segments: Int32Array,
  ageDays: Int32Array,
  sizes: { readonly itemCount: number; readonly segmentCount: number },
  halfLifeDays: number,
): Float64Array {
  requireBetween(halfLifeDays, 1e-3, 1e6, "halfLifeDays");
  const popularity = new Float64Array(sizes.segmentCount * sizes.itemCount);
  const oldest = ageDays.reduce((most, age) => (age > most ? age : most), 0);
  const decay = Float64Array.from({ length: oldest + 1 }, (_, age) => 2 ** (-age / halfLifeDays));
  for (let line = 0; line < items.length; line++) {
    popularity[segments[line] * sizes.itemCount + items[line]] += decay[ageDays[line]];
  }
  return popularity;
}
