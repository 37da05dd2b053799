import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { estimateElasticity, type Elasticity } from "./estimate-elasticity.ts";
import { fitTweedieRegression } from "./fit-tweedie-regression.ts";
import { nestPool, poolElasticities, shrinkElasticity } from "./pool-elasticities.ts";

const flat = (length: number): Float64Array => new Float64Array(length);

describe("Poisson regression", () => {
  it("moves only its level when all counts are scaled", () => {
    const counts = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 6, maxLength: 12 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 9 }), (list, factor) => {
        fc.pre(list.filter((count) => count > 0).length >= 4);
        const x = Float64Array.from(list, (_, at) => Math.sin(at));
        const fit = (values: number[]): Float64Array =>
          fitTweedieRegression(Float64Array.from(values), [flat(list.length).fill(1), x], flat(list.length), {
            power: 1,
          }).coefficients;
        const [a, b] = [fit(list), fit(list.map((count) => count * factor))];
        expect(b[0]).toBeCloseTo(a[0] + Math.log(factor), 4);
        expect(b[1]).toBeCloseTo(a[1], 4);
      }),
    );
  });
});

describe("elasticity", () => {
  it("is found again in demand made with it, within its interval", () => {
    const rng = createRng(3);
    const price = Float64Array.from({ length: 200 }, () => 5 + 5 * rng.next());
    const season = Float64Array.from(price, (_, week) => 0.4 * Math.sin(week / 8));
    const units = price.map((value, week) => {
      const mean = 60 * (value / 7) ** -1.8 * Math.exp(season[week]);
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * 3.4 * (rng.next() - 0.5)));
    });
    const found = estimateElasticity({ units, price, season }) as Elasticity;
    expect(found.elasticity + 2 * found.error).toBeGreaterThan(-1.8);
    expect(found.elasticity - 2 * found.error).toBeLessThan(-1.8);
    expect(found.error).toBeLessThan(0.15);
    for (const link of ["tweedie", "log-log"] as const) {
      const { elasticity, error } = estimateElasticity({ units, price, season }, link) as Elasticity;
      expect(Math.abs(elasticity + 1.8)).toBeLessThan(2 * error);
      expect(error).toBeLessThan(0.2);
    }
  });

  it("counts only periods with a sale for log-log", () => {
    const price = Float64Array.from({ length: 40 }, (_, week) => 4 + (week % 5));
    const units = price.map((value, week) => (week % 4 === 0 ? 0 : 1000 * value ** -2));
    const of = (length: number) =>
      estimateElasticity(
        { units: units.subarray(0, length), price: price.subarray(0, length), season: flat(length) },
        "log-log",
      );
    expect((of(40) as Elasticity).elasticity).toBeCloseTo(-2, 6);
    expect(of(14)).toBe("too-few-periods");
  });

  it("is refused by name where the history cannot tell", () => {
    const of = (length: number, units: number, price: (week: number) => number) =>
      estimateElasticity({
        units: flat(length).fill(units),
        price: flat(length).map((_, at) => price(at)),
        season: flat(length),
      });
    expect(of(5, 9, (week) => 1 + week)).toBe("too-few-periods");
    expect(of(20, 0.1, (week) => 1 + week)).toBe("too-few-units");
    expect(of(20, 9, () => 4)).toBe("price-never-varied");
  });
});

describe("pooling", () => {
  it("equals DerSimonian and Laird on a hand-worked pair", () => {
    // Equal errors 1: fixed mean −2, Q = 2·1 = 2, between = (2 − 1) / (2 − 2/2) = 1, weights 1/2 each.
    const pooled = poolElasticities([
      { elasticity: -3, error: 1 },
      { elasticity: -1, error: 1 },
    ]);
    expect(pooled).toEqual({ mean: -2, error: 1, between: 1 });
  });

  it("draws a group halfway to the one around it where it is as unsure as groups differ", () => {
    // Groups at −3 and −1 with errors 1: they differ by a variance of 1 (as above), so that with a sure mean of −2 around them
    // each keeps half of its distance, and an error of √½.
    const groups = [
      { mean: -3, error: 1, between: 0.2 },
      { mean: -1, error: 1, between: 0.3 },
    ] as const;
    const nested = nestPool(groups[0], groups, { mean: -2, error: 0, between: 9 });
    expect(nested.mean).toBeCloseTo(-2.5, 12);
    expect(nested.error).toBeCloseTo(Math.SQRT1_2, 12);
    expect(nested.between).toBe(0.2);
    expect(nestPool(groups[0], [groups[0]], groups[1])).toBe(groups[0]);
  });

  it("leaves a sure product alone and moves an unsure one to the group", () => {
    const group = { mean: -2, error: 0.1, between: 0.25 };
    expect(shrinkElasticity({ elasticity: -1, error: 0.001 }, group).elasticity).toBeCloseTo(-1, 3);
    expect(shrinkElasticity({ elasticity: 9, error: 1000 }, group).elasticity).toBeCloseTo(-2, 3);
    expect(shrinkElasticity(undefined, group).elasticity).toBe(-2);
  });
});
