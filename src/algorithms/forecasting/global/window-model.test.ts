import { describe, expect, it } from "vitest";
import { createRng } from "../../../core/rng.ts";
import { openCase, type PoolShape, type TrainingCase } from "./origin-case.ts";
import { fitWindowModel, predictWindows } from "./window-model.ts";

const shape: PoolShape = {
  kind: "intermittent",
  period: 7,
  season: 7,
  featuredSeason: 7,
  horizon: 14,
  baseWeights: new Float64Array(8).fill(1 / 8),
};

/** Products that sell one piece with a probability of their own on open days; every seventh day is closed. */
function makeCases(count: number, seed: number, factor = 1): TrainingCase[] {
  const rng = createRng(seed);
  return Array.from({ length: count }, (_, product) => {
    const rate = product % 2 === 0 ? 0.5 : 0.05;
    const values = Float64Array.from({ length: 98 }, (_, t) => (t % 7 !== 6 && rng.next() < rate ? factor : 0));
    values[0] = factor;
    return { known: openCase(values, 84, shape), actual: values.subarray(84) };
  });
}

describe("the model of whole windows", () => {
  const cases = makeCases(600, 3);
  const fitted = fitWindowModel(cases, { ...shape, price: 0 }, createRng(1), undefined);
  const known = makeCases(200, 4).map((one) => one.known);

  it("tells what sells often from what sells rarely, and forecasts nothing for closed days", () => {
    const forecasts = predictWindows(fitted, known);
    const meanOf = (odd: number): number => {
      const rows = forecasts.filter((_, at) => at % 2 === odd);
      return rows.reduce((sum, row) => sum + row.reduce((all, value) => all + value, 0) / 14, 0) / rows.length;
    };
    // Half of six days in seven sell; the level of least error lies somewhat below, and near none for the rare.
    expect(meanOf(0)).toBeGreaterThan(0.3);
    expect(meanOf(0)).toBeLessThan(0.45);
    expect(meanOf(1)).toBeLessThan(0.04);
    for (const row of forecasts) {
      expect(row[6]).toBe(0);
      expect(row[13]).toBe(0);
    }
  });

  it("forecasts more the more a bias is worth", () => {
    const priced = fitWindowModel(cases, { ...shape, price: 0.1 }, createRng(1), undefined);
    const total = (model: typeof fitted): number =>
      predictWindows(model, known).reduce((sum, row) => sum + row.reduce((all, value) => all + value, 0), 0);
    expect(total(priced)).toBeGreaterThan(1.1 * total(fitted));
  });

  it("is scale equivariant", () => {
    const scaled = fitWindowModel(makeCases(600, 3, 16), { ...shape, price: 0 }, createRng(1), undefined);
    const [one] = predictWindows(fitted, known);
    const [same] = predictWindows(scaled, [makeCases(200, 4, 16)[0].known]);
    one.forEach((value, step) => expect(same[step]).toBeCloseTo(16 * value, 6));
  });
});
