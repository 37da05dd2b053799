import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../core/paths.ts";
import { createEtsObjective } from "./ets-likelihood.ts";
import { forecastAutoEts, selectEts } from "./forecast-auto-ets.ts";
import { minimizeBfgs } from "./minimize-bfgs.ts";
import { readCompetitionSeries } from "./testing/read-series.ts";

describe("likelihood", () => {
  const series = Float64Array.from(
    { length: 30 },
    (_, t) => 1 + 0.02 * t + 0.2 * Math.sin(1.57 * t) + 0.05 * Math.sin(t * t),
  );

  it.each([
    [{ error: "A", trend: "Ad", season: "A" } as const, [0.1, -0.1, 0.05, -0.05]],
    [{ error: "M", trend: "Ad", season: "M" } as const, [1.1, 0.9, 1.05, 0.95]],
    [{ error: "M", trend: "A", season: "A" } as const, [0.1, -0.1, 0.05, -0.05]],
    [{ error: "M", trend: "N", season: "N" } as const, [0]],
  ])("has the gradient that differences give, %o", (form, season) => {
    const objective = createEtsObjective(series, season.length, form);
    const parameters = Float64Array.from([0.3, 0.05, 0.2, 0.95, 1, 0.02, ...season]);
    const gradient = new Float64Array(parameters.length);
    objective.evaluate(parameters, gradient);
    const at = (place: number, shift: number): number =>
      objective.evaluate(
        parameters.map((value, i) => value + (i === place ? shift : 0)),
        new Float64Array(parameters.length),
      );
    gradient.forEach((value, i) => expect(value).toBeCloseTo((at(i, 1e-6) - at(i, -1e-6)) / 2e-6, 3));
  });
});

describe("minimizeBfgs", () => {
  it("finds the end of Rosenbrock's valley", () => {
    const rosenbrock = ([x, y]: Float64Array, gradient: Float64Array): number => {
      gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x);
      gradient[1] = 200 * (y - x * x);
      return (1 - x) ** 2 + 100 * (y - x * x) ** 2;
    };
    const { point } = minimizeBfgs(rosenbrock, Float64Array.of(-1.2, 1), { maxIterations: 200, tolerance: 1e-14 });
    expect(point[0]).toBeCloseTo(1, 5);
    expect(point[1]).toBeCloseTo(1, 5);
  });
});

describe("forecastAutoEts", () => {
  it("sees a season that grows with the level as multiplicative and continues it", () => {
    const value = (t: number): number => (100 + 3 * t) * [0.6, 1.5, 1.1, 0.8][t % 4];
    const train = Float64Array.from({ length: 48 }, (_, t) => value(t) * (1 + 0.01 * Math.sin(t * t)));
    expect(selectEts(train, 4)?.form.season).toBe("M");
    forecastAutoEts(train, 4, 8).forEach((mean, step) =>
      expect(Math.abs(mean / value(48 + step) - 1)).toBeLessThan(0.03),
    );
  });

  it("never takes a multiplicative form for a series with zeros", () => {
    const train = Float64Array.from({ length: 40 }, (_, t) => (t % 4 === 0 ? 0 : 50 + t + 5 * Math.sin(t * t)));
    expect(selectEts(train, 4)?.form).toMatchObject({ error: "A", season: "A" });
  });

  it("reaches the likelihood of R's ets on most of its M3 sample", (context) => {
    const file = join(packageRoot(), "..", "shared", "data", "forecast", "reference", "r_ets_theta.csv");
    if (!existsSync(file)) {
      context.skip("the reference forecasts are not beside the repository");
      return;
    }
    const rows = readFileSync(file, "utf8")
      .split("\n")
      .map((line) => line.split(","));
    let [reached, count] = [0, 0];
    for (const set of ["m3_quarterly", "m3_yearly", "m3_other"]) {
      const byId = new Map((readCompetitionSeries(`m3/${set}.csv`) ?? []).map((one) => [one.id, one]));
      for (const [ofSet, id, method, , aicc] of rows) {
        const one = id === undefined ? undefined : byId.get(id);
        if (ofSet !== set || method !== "ets" || one === undefined) continue;
        count++;
        const fit = selectEts(one.train, one.period);
        if (fit !== undefined && fit.aicc <= Number(aicc) + 0.1) reached++;
      }
    }
    expect(count).toBe(150);
    expect(reached / count).toBeGreaterThan(0.93);
  });
});
