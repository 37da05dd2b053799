import { expect, it } from "vitest";
import { normalQuantile } from "../normal-distribution.ts";
import { isRising, restrictSign } from "./restrict-sign.ts";

/** Mean and deviation of a normal distribution cut off above 0, by its quantiles. */
function cutByHand(mean: number, deviation: number): [number, number] {
  const values = Array.from(
    { length: 200_000 },
    (_, at) => mean + deviation * normalQuantile((at + 0.5) / 200_000),
  ).filter((value) => value <= 0);
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
  return [middle, Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length)];
}

it.each([
  [-1, 0.8],
  [-0.1, 1],
  [0, 1],
  [0.6, 0.5],
])("cuts a belief of %d ± %d off at 0", (elasticity, error) => {
  const [mean, deviation] = cutByHand(elasticity, error);
  const left = restrictSign({ elasticity, error });
  expect(left.elasticity).toBeCloseTo(mean, 3);
  expect(left.error).toBeCloseTo(deviation, 3);
});

it("leaves what is well below 0 as it is, and stays finite and in order far above", () => {
  expect(restrictSign({ elasticity: -3, error: 0.3 }).elasticity).toBeCloseTo(-3, 9);
  const beliefs = [0.5, 2, 3.9, 4.1, 8, 30].map((elasticity) => restrictSign({ elasticity, error: 0.5 }));
  const means = beliefs.map(({ elasticity }) => elasticity);
  expect(means).toEqual([...means].sort((a, b) => a - b));
  expect(Math.max(...means)).toBeLessThan(0);
  expect(Math.min(...beliefs.map(({ error }) => error))).toBeGreaterThan(0);
  expect(restrictSign({ elasticity: 1, error: 0 }).elasticity).toBe(0);
});

it("takes an estimate as rising that is above 0 by more than chance, one-sided at 5 %", () => {
  expect(isRising({ elasticity: 1.7, error: 1 })).toBe(true);
  expect(isRising({ elasticity: 1.6, error: 1 })).toBe(false);
  expect(isRising({ elasticity: -3, error: 0.1 })).toBe(false);
});
