import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { adjustRefinedSeason, refinedIndices } from "./refine-season.ts";
import { shrunkIndices } from "./shrink-season.ts";

const OLD = [0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.2, 1.1, 1, 0.9, 0.8];
/** The same season, a month later: what a moving holiday does. */
const MOVED = OLD.map((_, phase) => OLD[(phase + 11) % 12]);

/** Eight years about a level that grows, the last four with the moved season when asked. */
function makeSeries(isMoved: boolean, noise: number): Float64Array {
  const rng = createRng(3);
  return Float64Array.from({ length: 96 }, (_, t) => {
    const season = isMoved && t >= 48 ? MOVED[t % 12] : OLD[t % 12];
    return (200 + t) * season * (1 + noise * (rng.next() - 0.5));
  });
}

function distance(indices: Float64Array | undefined, season: readonly number[]): number {
  if (indices === undefined) return Number.POSITIVE_INFINITY;
  return indices.reduce((sum, index, phase) => sum + (index - season[phase]) ** 2, 0);
}

describe("refinedIndices", () => {
  it("finds a steady season", () => {
    refinedIndices(makeSeries(false, 0), 12)?.forEach((index, phase) => expect(index).toBeCloseTo(OLD[phase], 1));
    const noisy = makeSeries(false, 0.3);
    expect(distance(refinedIndices(noisy, 12), OLD)).toBeLessThan(0.05);
  });

  it("is nearer than one pass to a season that moved", () => {
    const moved = makeSeries(true, 0.05);
    expect(distance(refinedIndices(moved, 12), MOVED)).toBeLessThan(0.7 * distance(shrunkIndices(moved, 12), MOVED));
  });

  it("does not depend on the unit, and takes off nothing of a flat series", () => {
    const series = makeSeries(true, 0.2);
    const indices = refinedIndices(series, 12) ?? [];
    refinedIndices(
      series.map((value) => 1000 * value),
      12,
    )?.forEach((index, phase) => expect(index).toBeCloseTo(indices[phase], 9));
    refinedIndices(new Float64Array(40).fill(7), 4)?.forEach((index) => expect(index).toBeCloseTo(1, 12));
  });

  it("gives no indices for short series and for zeros in every cycle", () => {
    expect(refinedIndices(makeSeries(false, 0).subarray(0, 35), 12)).toBeUndefined();
    const zeros = makeSeries(false, 0).map((value, t) => (t % 12 === 0 ? 0 : value));
    expect(refinedIndices(zeros, 12)).toBeUndefined();
    expect(adjustRefinedSeason(zeros, 12).adjusted).toBe(zeros);
  });
});

it("adjustRefinedSeason puts back on what it took off", () => {
  const series = makeSeries(true, 0.4);
  const { adjusted, restore } = adjustRefinedSeason(series, 12);
  restore(adjusted).forEach((value, t) => expect(value).toBeCloseTo(series[t], 9));
  expect(adjusted).not.toEqual(series);
});
