import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { seasonalIndices } from "./seasonal-adjustment.ts";
import { shrunkIndices } from "./shrink-season.ts";

const SEASON = [0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.2, 1.1, 1, 0.9, 0.8];

function makeSeries(share: number, noise: number): Float64Array {
  const rng = createRng(5);
  return Float64Array.from(
    { length: 72 },
    (_, t) => 200 * (1 + share * (SEASON[t % 12] - 1)) * (1 + noise * (rng.next() - 0.5)),
  );
}

describe("shrunkIndices", () => {
  it("leaves the indices of a season without noise, and draws those of noise alone to 1", () => {
    const clear = makeSeries(1, 0);
    const indices = seasonalIndices(clear, 12) ?? [];
    shrunkIndices(clear, 12)?.forEach((index, phase) => expect(index).toBeCloseTo(indices[phase], 9));
    const spread = (values: Float64Array | undefined): number =>
      Math.max(...(values ?? [])) - Math.min(...(values ?? []));
    const noisy = makeSeries(0, 0.5);
    expect(spread(shrunkIndices(noisy, 12))).toBeLessThan(0.5 * spread(seasonalIndices(noisy, 12)));
  });

  it("is nearer to a weak season than indices unshrunk", () => {
    const weak = makeSeries(0.2, 0.5);
    const distance = (values: Float64Array | undefined): number =>
      (values ?? new Float64Array(12)).reduce(
        (sum, index, phase) => sum + (index - 1 - 0.2 * (SEASON[phase] - 1)) ** 2,
        0,
      );
    expect(distance(shrunkIndices(weak, 12))).toBeLessThan(distance(seasonalIndices(weak, 12)));
  });

  it("shrinks nothing of three phases, by the formula", () => {
    const series = Float64Array.from({ length: 30 }, (_, t) => [5, 9, 7][t % 3] + 0.3 * Math.sin(t * t));
    expect(shrunkIndices(series, 3)).toEqual(seasonalIndices(series, 3));
  });

  it("gives no indices for short series and for zeros in every cycle", () => {
    expect(shrunkIndices(makeSeries(1, 0).subarray(0, 35), 12)).toBeUndefined();
    const zeros = makeSeries(1, 0).map((value, t) => (t % 12 === 0 ? 0 : value));
    expect(shrunkIndices(zeros, 12)).toBeUndefined();
  });
});
