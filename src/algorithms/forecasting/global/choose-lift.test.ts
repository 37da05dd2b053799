import { describe, expect, it } from "vitest";
import { createRng } from "../../../core/rng.ts";
import { chooseLift, type LiftCase, liftOf } from "./choose-lift.ts";

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

describe("chooseLift", () => {
  it("takes back most of a bias that is cheap, and never passes none by far", () => {
    const cases = makeCases(0.4, 0.3);
    const lifted = 0.12 + liftOf(chooseLift(cases), { squareScale: Math.sqrt(0.42), meanSize: 0.3 });
    expect(lifted).toBeGreaterThan(0.25);
    expect(lifted).toBeLessThan(0.33);
  });

  it("leaves a forecast alone that is above the demand", () => {
    expect(liftOf(chooseLift(makeCases(1.5, 0.3)), { squareScale: 0.6, meanSize: 0.3 })).toBe(0);
  });

  it("lifts the rarer of two products more, in means", () => {
    const lift = chooseLift([...makeCases(0.2, 0.3, 200), ...makeCases(0.2, 0.05, 200)]);
    const often = liftOf(lift, { squareScale: Math.sqrt(0.42), meanSize: 0.3 }) / 0.3;
    const rarely = liftOf(lift, { squareScale: Math.sqrt(0.095), meanSize: 0.05 }) / 0.05;
    expect(rarely).toBeGreaterThan(2 * often);
  });

  it("gives 0 where there are no scales or no cases", () => {
    expect(liftOf(chooseLift([]), { squareScale: 1, meanSize: 1 })).toBe(0);
    expect(liftOf(chooseLift(makeCases(0.4, 0.3)), { squareScale: 0, meanSize: 0 })).toBe(0);
  });
});
