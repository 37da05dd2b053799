import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { bootstrapMean } from "./bootstrap-mean.ts";

describe("bootstrapMean", () => {
  it("is about 1.96 standard errors wide on each side", () => {
    // 400 zeros and ones: mean ½, standard error ½ / 20 = 0.025.
    const interval = bootstrapMean(
      Float64Array.from({ length: 400 }, (_, i) => i % 2),
      createRng(1),
    );
    expect(interval.mean).toBe(0.5);
    expect(interval.low).toBeCloseTo(0.5 - 1.96 * 0.025, 1);
    expect(interval.high).toBeCloseTo(0.5 + 1.96 * 0.025, 1);
  });

  it("has no width where all users are alike, and is zero without users", () => {
    expect(bootstrapMean([3, 3, 3], createRng(1))).toEqual({ mean: 3, low: 3, high: 3 });
    expect(bootstrapMean([], createRng(1))).toEqual({ mean: 0, low: 0, high: 0 });
  });
});
