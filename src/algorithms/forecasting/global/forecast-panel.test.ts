import { describe, expect, it } from "vitest";
import { createRng } from "../../../core/rng.ts";
import { forecastPanel } from "./forecast-panel.ts";
import { fitRidge, predictRidge } from "./global-ridge.ts";
import type { PanelSeries } from "./panel-types.ts";
import { selectWeights } from "./select-weights.ts";
import { solveCholeskyInPlace } from "../../solve-cholesky.ts";

function makePanel(count: number, length: number, factor = 1): PanelSeries[] {
  const rng = createRng(11);
  return Array.from({ length: count }, () => {
    const level = 50 + 100 * rng.next();
    const values = Float64Array.from(
      { length },
      (_, t) => factor * (level + 0.2 * t) * (1 + 0.3 * Math.sin((2 * Math.PI * t) / 7) + 0.1 * (rng.next() - 0.5)),
    );
    return { values, period: 7, horizon: 14 };
  });
}

describe("forecastPanel", () => {
  it("follows level, slope and season of series it knows little of, better than repeating the last week", () => {
    const whole = makePanel(20, 134);
    const panel = whole.map((one) => ({ ...one, values: one.values.subarray(0, 120) }));
    const { forecasts, pools } = forecastPanel(panel, { seed: 1 });
    let [own, naive] = [0, 0];
    forecasts.forEach(({ mean }, at) => {
      const { values } = whole[at];
      for (let step = 0; step < 14; step++) {
        own += Math.abs(values[120 + step] - mean[step]);
        naive += Math.abs(values[120 + step] - values[113 + (step % 7)]);
      }
    });
    expect(own).toBeLessThan(0.8 * naive);
    expect(Object.values(pools[0].weights).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 2);
  });

  it("is scale equivariant: ten times the demand, ten times the forecast", () => {
    const one = forecastPanel(makePanel(12, 60), { seed: 1 }).forecasts;
    const ten = forecastPanel(makePanel(12, 60, 16), { seed: 1 }).forecasts;
    one.forEach(({ mean, upper95 }, at) =>
      mean.forEach((value, step) => {
        expect(ten[at].mean[step] / value).toBeCloseTo(16, 1);
        expect(ten[at].upper95[step] / upper95[step]).toBeCloseTo(16, 1);
      }),
    );
  });

  it("bounds are nested, finite, and never negative where the history is not", () => {
    const rng = createRng(3);
    const panel: PanelSeries[] = Array.from({ length: 60 }, () => ({
      values: Float64Array.from({ length: 90 }, () => (rng.next() < 0.8 ? 0 : Math.ceil(9 * rng.next() ** 2))),
      period: 7,
      horizon: 7,
    }));
    panel.push({ values: new Float64Array(40), period: 7, horizon: 7 });
    for (const length of [1, 2, 3, 4, 5]) {
      panel.push({ values: new Float64Array(length).fill(length - 1), period: 7, horizon: 7 });
    }
    const { forecasts, pools } = forecastPanel(panel, { seed: 1 });
    expect(pools.map(({ kind }) => kind).sort()).toEqual(["intermittent", "regular"]);
    for (const { mean, lower95, lower80, upper80, upper95 } of forecasts) {
      for (let step = 0; step < 7; step++) {
        expect(Number.isFinite(mean[step])).toBe(true);
        expect(lower95[step]).toBeGreaterThanOrEqual(0);
        expect(lower80[step]).toBeGreaterThanOrEqual(lower95[step]);
        expect(upper80[step]).toBeGreaterThanOrEqual(lower80[step]);
        expect(upper95[step]).toBeGreaterThanOrEqual(upper80[step]);
      }
    }
    expect(Math.max(...forecasts[60].mean)).toBe(0);
  });

  it("has intervals that widen where the horizon is longer than the histories", () => {
    const rng = createRng(7);
    const walks = Array.from({ length: 60 }, () => {
      let level = 100;
      return Float64Array.from({ length: 90 }, () => (level += rng.next() - 0.5));
    });
    const panel = walks.map((walk) => ({ values: walk.subarray(0, 30), period: 7, horizon: 60 }));
    const { forecasts } = forecastPanel(panel, { seed: 1 });
    let inside = 0;
    forecasts.forEach(({ lower80, upper80 }, at) => {
      expect(upper80[59] - lower80[59]).toBeGreaterThan(1.5 * (upper80[0] - lower80[0]));
      for (let step = 0; step < 60; step++) {
        const actual = walks[at][30 + step];
        if (actual >= lower80[step] && actual <= upper80[step]) inside++;
      }
    });
    expect(inside / (60 * 60)).toBeGreaterThan(0.65);
    expect(inside / (60 * 60)).toBeLessThan(0.95);
  });

  it("does not feign certainty of two series of three values", () => {
    const panel = [3, 5].map((level) => ({ values: Float64Array.of(level, level + 1, level), period: 1, horizon: 4 }));
    for (const { lower80, upper80 } of forecastPanel(panel, { seed: 1 }).forecasts) {
      expect(upper80[0] - lower80[0]).toBeGreaterThan(1);
      expect(upper80[3] - lower80[3]).toBeGreaterThan(upper80[0] - lower80[0]);
    }
  });

  it("refuses empty series and NaN by index", () => {
    const bad = (values: number[]) => (): unknown =>
      forecastPanel([{ values: Float64Array.from(values), period: 1, horizon: 1 }], { seed: 1 });
    expect(bad([])).toThrow("series 0 is empty");
    expect(bad([1, Number.NaN])).toThrow("series 0[1]");
  });
});

it("selectWeights prefers the better member and sums to 1", () => {
  // The loss of a combination is its distance from 1: members forecast 0, 0.9 and 5.
  const members = [0, 0.9, 5].map((value) => Float64Array.of(value));
  const weights = selectWeights(
    { members, loss: ([value = 0]) => Math.abs(1 - value) },
    { goodFactor: 1.1, shrink: 0.25 },
  );
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  expect(weights[1]).toBeGreaterThan(0.8);
});

it("ridge finds a plane through weighted rows, and a missing value counts as the mean", () => {
  const a = Float32Array.from({ length: 50 }, (_, row) => (row * 7) % 50);
  const b = Float32Array.from({ length: 50 }, (_, row) => (row * 3) % 11);
  const target = Float64Array.from(a, (value, row) => 2 + 3 * value - b[row]);
  const model = fitRidge([a, b], target, new Float64Array(50).fill(2), 1e-9);
  predictRidge(model, [a, b], 50).forEach((value, row) => expect(value).toBeCloseTo(target[row], 4));
  const mean = b.reduce((sum, value) => sum + value, 0) / 50;
  expect(predictRidge(model, [Float32Array.of(10), Float32Array.of(Number.NaN)], 1)[0]).toBeCloseTo(32 - mean, 3);
});

it("Cholesky solves a system worked by hand and refuses a matrix that is not positive definite", () => {
  // [[4, 2], [2, 3]] x = [10, 9] has the answer [1.5, 2].
  const solved = solveCholeskyInPlace(Float64Array.of(4, 0, 2, 3), Float64Array.of(10, 9), 2);
  expect(solved[0]).toBeCloseTo(1.5, 12);
  expect(solved[1]).toBeCloseTo(2, 12);
  expect(() => solveCholeskyInPlace(Float64Array.of(1, 0, 2, 1), Float64Array.of(1, 1), 2)).toThrow("row 1");
});
