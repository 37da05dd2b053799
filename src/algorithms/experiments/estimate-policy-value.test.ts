import { expect, test } from "vitest";
import { createRng } from "../../core/rng.ts";
import { estimatePolicyValue } from "./estimate-policy-value.ts";

test("by hand: rewards 1, 0 and 1 with weights 2, 4 and 0", () => {
  const { value, low, high, effectiveUnits } = estimatePolicyValue([2, 4, 0], [2, 0, 0]);
  expect(value).toBeCloseTo(1 / 3, 12);
  // Residuals 2 − 2/3 and −4/3: √(32/9) / 6 = 0.314270.
  expect((high - low) / 2).toBeCloseTo(1.959964 * 0.31427, 5);
  expect(effectiveUnits).toBeCloseTo(36 / 20, 12);
});

test("lists shown by another policy tell what the new one would earn, and nine of ten intervals hold it", () => {
  // Two lists earn 1 with probability 0.2 and 0.6. The old policy shows the second one in 3 of 10 cases, the new one in 8.
  const truth = 0.2 * 0.2 + 0.8 * 0.6;
  const rng = createRng(11);
  let held = 0;
  for (let round = 0; round < 1000; round++) {
    const weights: number[] = [];
    const rewards: number[] = [];
    for (let unit = 0; unit < 300; unit++) {
      const isSecond = rng.next() < 0.3;
      const weight = isSecond ? 0.8 / 0.3 : 0.2 / 0.7;
      weights.push(weight);
      rewards.push(rng.next() < (isSecond ? 0.6 : 0.2) ? weight : 0);
    }
    const { low, high } = estimatePolicyValue(weights, rewards, 0.9);
    if (low <= truth && truth <= high) held++;
  }
  // A thousand tosses at 0.9 have a standard deviation of 0.0095.
  expect(Math.abs(held / 1000 - 0.9)).toBeLessThan(0.03);
});

test("weights that tell nothing, negative ones and unequal lengths are refused", () => {
  expect(() => estimatePolicyValue([0, 0], [0, 0])).toThrow(/add up to 0/);
  expect(() => estimatePolicyValue([-1], [0])).toThrow(/weights\[0\] is -1/);
  expect(() => estimatePolicyValue([1], [])).toThrow(/weightedRewards has 0 units/);
});
