import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { normalQuantile } from "../normal-distribution.ts";
import type { Elasticity } from "./estimate-elasticity.ts";
import { learnSpread } from "./learn-spread.ts";
import { errorOfMiddle, findMiddle } from "./robust-middle.ts";

const rng = createRng(4);
const normal = (): number => normalQuantile(Math.min(0.999999, Math.max(1e-6, rng.next())));

/** Halves of products around −1.5 by `deviation`; reported errors are the true ones divided by `inflation`. */
function makeHalves(count: number, deviation: number, inflation: number): [Elasticity, Elasticity][] {
  return Array.from({ length: count }, () => {
    const own = -1.5 + deviation * normal();
    const half = (): Elasticity => {
      const error = 0.3 + rng.next();
      return { elasticity: own + error * normal(), error: error / inflation };
    };
    return [half(), half()];
  });
}

describe("learnSpread", () => {
  it.each([
    [0.5, 1],
    [1.4, 1],
    [0.5, 2],
  ])("finds a deviation of %d between products and errors too small by %d", (deviation, inflation) => {
    const spread = learnSpread(makeHalves(2000, deviation, inflation));
    expect(Math.sqrt(spread?.between ?? 0)).toBeGreaterThan(deviation / 1.5);
    expect(Math.sqrt(spread?.between ?? 0)).toBeLessThan(deviation * 1.5);
    expect(Math.abs((spread?.inflation ?? 0) - inflation)).toBeLessThanOrEqual(0.5);
  });

  it("is not moved by a few freak estimates that claim small errors", () => {
    const halves = makeHalves(500, 0.5, 1);
    const freaks = [-900, 40, -300, 75].map((elasticity): [Elasticity, Elasticity] => [
      { elasticity, error: 0.1 },
      { elasticity: -elasticity, error: 0.1 },
    ]);
    const spread = learnSpread([...halves, ...freaks]);
    expect(spread?.between).toBeLessThan(1);
    const all = [...halves, ...freaks].flat();
    const mean = findMiddle(all, spread?.between ?? 0);
    expect(Math.abs(mean + 1.5)).toBeLessThan(0.15);
    expect(errorOfMiddle(all, spread?.between ?? 0, mean)).toBeLessThan(0.1);
  });

  it("tells nothing below 30 products", () => {
    expect(learnSpread(makeHalves(29, 1, 1))).toBeUndefined();
  });
});
