import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CLOSED_FORM_METHODS } from "./closed-form-methods.ts";
import { MODEL_METHODS } from "./model-methods.ts";

const METHODS = [...CLOSED_FORM_METHODS, ...MODEL_METHODS];
const demand = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 10_000 })), { minLength: 1, maxLength: 60 });

/** What every registered method has to keep, whatever the series. */
describe.each(METHODS)("method $name", ({ name, forecast }) => {
  it("gives finite demand of at least 0 and at most ten times the greatest value", () => {
    fc.assert(
      fc.property(demand, fc.constantFrom(1, 4, 7), (values, period) => {
        const mean = forecast(Float64Array.from(values), period, 9);
        expect(mean.length).toBe(9);
        const limit = 10 * Math.max(...values);
        expect(mean.every((value) => Number.isFinite(value) && value >= 0 && value <= limit)).toBe(true);
      }),
      { seed: 4, numRuns: 60 },
    );
  });

  // R's search for ETS, followed step for step, depends on the unit: a start step serves weights and level alike.
  it.skipIf(name === "autoEts" || name === "mstlEts")("scales with the series", () => {
    fc.assert(
      fc.property(demand, fc.constantFrom(1, 4), (values, period) => {
        const train = Float64Array.from(values);
        const mean = forecast(train, period, 5);
        const scaled = forecast(
          train.map((value) => value * 8),
          period,
          5,
        );
        const greatest = Math.max(...values);
        scaled.forEach((value, step) => expect(Math.abs(value - 8 * mean[step])).toBeLessThanOrEqual(1e-5 * greatest));
      }),
      { seed: 5, numRuns: 60 },
    );
  });

  it("continues a constant of any length, and zeros, and accepts nothing at all", () => {
    for (const length of [1, 2, 3, 4, 5, 30]) {
      for (const value of forecast(new Float64Array(length).fill(6), 4, 3)) {
        // The correction of SBA takes 5 % off any series, a constant too.
        expect(value).toBeCloseTo(name === "sba" ? 5.7 : 6, 6);
      }
      expect([...forecast(new Float64Array(length), 4, 3)].map(Math.abs)).toEqual([0, 0, 0]);
    }
    expect([...forecast(new Float64Array(0), 4, 2)]).toEqual([0, 0]);
  });
});

describe("closed forms on numbers that can be checked by hand", () => {
  const values = (name: string, train: number[], period = 1, horizon = 2): number[] => {
    const method = METHODS.find((one) => one.name === name);
    return [...(method?.forecast(Float64Array.from(train), period, horizon) ?? [])];
  };

  it("drift continues the line from the first to the last value", () => {
    expect(values("drift", [1, 5, 3])).toEqual([4, 5]);
  });

  it("Theta continues a line at half its slope above the last theta level", () => {
    const mean = values("theta", [2, 4, 6, 8, 10, 12]);
    expect(mean[1] - mean[0]).toBeCloseTo(1, 9);
    expect(mean[0]).toBeCloseTo(13, 1);
  });

  it("Croston divides size by interval, SBA takes off 5 %, TSB decays", () => {
    // Demands of 10 every second step: rate 5.
    const train = [0, 10, 0, 10, 0, 10];
    expect(values("croston", train)[0]).toBeCloseTo(5, 12);
    expect(values("sba", train)[0]).toBeCloseTo(4.75, 12);
    // Over the same share of selling steps, silence at the end pulls TSB down, by 0.9 a step.
    const busy = values("tsb", [...train, 10])[0] ?? 0;
    const quiet = values("tsb", [10, 0, 10, 0, 10, 0, 0])[0] ?? 0;
    expect(quiet).toBeLessThan(0.9 * busy);
  });

  it("ADIDA and IMAPA find the rate of a regular trickle", () => {
    const train = Array.from({ length: 40 }, (_, t) => (t % 4 === 3 ? 8 : 0));
    expect(values("adida", train)[0]).toBeCloseTo(2, 12);
    expect(values("imapa", train)[0]).toBeGreaterThan(1.5);
  });
});
