import { describe, expect, it } from "vitest";
import { createRng } from "../../../core/rng.ts";
import { applyLift, chooseLift, type Lift, type LiftCase } from "./choose-lift.ts";

/** Demands of 1 with the probability given, forecast at a share of their rate. */
function makeCases(share: number, rate: number, steps = 12): LiftCase[] {
  const rng = createRng(5);
  return Array.from({ length: 400 }, () => ({
    mean: new Float64Array(steps).fill(share * rate),
    actual: Float64Array.from({ length: steps }, () => (rng.next() < rate ? 1 : 0)),
    squareScale: Math.sqrt(2 * rate * (1 - rate)),
    meanSize: rate,
  }));
}

const liftOne = (lift: Lift, value: number, squareScale: number, meanSize: number): number =>
  applyLift(lift, Float64Array.of(value), { squareScale, meanSize })[0];

describe("chooseLift", () => {
  it("takes back most of a bias that is cheap, and never passes none by far", () => {
    const lifted = liftOne(chooseLift(makeCases(0.4, 0.3), 3), 0.12, Math.sqrt(0.42), 0.3);
    expect(lifted).toBeGreaterThan(0.25);
    expect(lifted).toBeLessThan(0.33);
  });

  it("leaves a forecast alone that is above the demand", () => {
    expect(liftOne(chooseLift(makeCases(1.5, 0.3), 3), 0.45, 0.6, 0.3)).toBe(0.45);
  });

  it("finds the factor where all forecasts are short by the same share", () => {
    const { factor } = chooseLift([...makeCases(0.7, 0.5, 200), ...makeCases(0.7, 0.2, 200)], 3);
    expect(factor).toBeGreaterThan(1.3);
    expect(factor).toBeLessThan(1.5);
  });

  it("lifts products that were forecast at nothing, the rarer of two more, in means", () => {
    const lift = chooseLift([...makeCases(0, 0.3, 200), ...makeCases(0, 0.05, 200)], 3);
    const often = liftOne(lift, 0, Math.sqrt(0.42), 0.3) / 0.3;
    const rarely = liftOne(lift, 0, Math.sqrt(0.095), 0.05) / 0.05;
    expect(often).toBeGreaterThan(0.1);
    expect(rarely).toBeGreaterThan(2 * often);
  });

  it("does nothing where there are no scales or no cases", () => {
    expect(liftOne(chooseLift([], 3), 0, 1, 1)).toBe(0);
    expect(liftOne(chooseLift(makeCases(0, 0.3), 3), 0, 0, 0)).toBe(0);
  });
});
