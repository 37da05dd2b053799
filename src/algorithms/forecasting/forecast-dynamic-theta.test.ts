import { expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { forecastDynamicTheta, forecastOptimisedTheta } from "./forecast-dynamic-theta.ts";

it.each([
  ["optimised", forecastOptimisedTheta],
  ["dynamic", forecastDynamicTheta],
] as const)("%s Theta follows a noisy line and stays level on noise", (_, forecast) => {
  const rng = createRng(3);
  const noise = (): number => rng.next() - 0.5;
  const line = Float64Array.from({ length: 80 }, (_value, t) => 50 + 2 * t + noise());
  const mean = forecast(line, 1, 5);
  expect(Math.abs(mean[4] - (50 + 2 * 84))).toBeLessThan(1.5);
  const flat = forecast(
    Float64Array.from({ length: 80 }, () => 50 + 10 * noise()),
    1,
    20,
  );
  for (const value of flat) expect(Math.abs(value - 50)).toBeLessThan(4);
});
