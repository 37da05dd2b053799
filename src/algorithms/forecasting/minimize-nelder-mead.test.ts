import { describe, expect, it } from "vitest";
import { minimizeNelderMead } from "./minimize-nelder-mead.ts";

const params = { maxEvaluations: 400, tolerance: 1e-12 };

describe("minimizeNelderMead", () => {
  it("finds the bottom of Rosenbrock's valley at (1, 1)", () => {
    const valley = ([x, y]: Float64Array): number => (1 - x) ** 2 + 100 * (y - x * x) ** 2;
    const { point, value } = minimizeNelderMead(valley, [-1, 1], [-2, -2], [2, 2], params);
    expect(point[0]).toBeCloseTo(1, 3);
    expect(point[1]).toBeCloseTo(1, 3);
    expect(value).toBeLessThan(1e-6);
  });

  it("stays inside the box and finds a minimum on its border", () => {
    const { point } = minimizeNelderMead(([x]) => x, [0.5], [0.2], [0.9], params);
    expect(point[0]).toBeCloseTo(0.2, 9);
  });

  it("walks around values that are not numbers and refuses a start outside the box", () => {
    const root = ([x]: Float64Array): number => Math.sqrt(x - 0.3);
    expect(minimizeNelderMead(root, [0.9], [0, 0], [1, 1], params).point[0]).toBeCloseTo(0.3, 3);
    expect(() => minimizeNelderMead(root, [2], [0], [1], params)).toThrow("start[0] is 2");
  });
});
