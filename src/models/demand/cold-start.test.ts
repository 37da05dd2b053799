import { expect, it } from "vitest";
import { measureKeptShares } from "./cold-start.ts";
import type { DemandSeries } from "./demand-series.ts";

const series = (category: string, market: string, values: readonly number[]): DemandSeries => ({
  store: "s",
  product: "p",
  category,
  market,
  unit: "week",
  values: Float64Array.from(values),
});
/** Sells `first` in its first week, then `next` a week. */
const started = (category: string, market: string, first: number, next: number, count: number): DemandSeries[] =>
  Array.from({ length: count }, () => series(category, market, [first, ...Array.from({ length: 13 }, () => next)]));

it("expects of a young product what those before it kept up, in the nearest group that is large enough", () => {
  const kept = measureKeptShares([
    ...started("tea", "GB", 10, 5, 40),
    ...started("tea", "FR", 10, 2, 10),
    ...started("mugs", "FR", 10, 1, 25),
  ]);
  expect(kept(series("tea", "GB", [8]))).toBeCloseTo(0.5, 12);
  // Ten in France are too few: the category, 40 of a half and 10 of a fifth.
  expect(kept(series("tea", "FR", [8]))).toBeCloseTo(0.44, 12);
  // The category is too small: all of the market, 10 of a fifth and 25 of a tenth.
  expect(kept(series("mugs", "FR", [8]))).toBeCloseTo((10 * 2 + 25) / 350, 12);
  expect(kept(series("", "DE", [8]))).toBeCloseTo((40 * 5 + 10 * 2 + 25) / 750, 12);
  // Of that age nothing has been seen.
  expect(kept(series("tea", "GB", [8, 8]))).toBe(1);
});
