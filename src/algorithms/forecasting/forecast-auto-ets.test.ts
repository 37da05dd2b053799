import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../core/paths.ts";
import { createRng } from "../../core/rng.ts";
import { smape } from "../evaluation/smape.ts";
import { createEtsObjective } from "./ets-likelihood.ts";
import { forecastAutoEts, selectEts } from "./forecast-auto-ets.ts";
import { isForecastable } from "./is-forecastable.ts";
import { minimizeSimplex } from "./minimize-simplex.ts";
import { readCompetitionSeries } from "./testing/read-series.ts";

describe("likelihood", () => {
  it("is that of errors worked by hand", () => {
    // l 10, b 2, φ ½, α ½, β ¼: ŷ 11, e 1; then l 11.5, b 1.25, ŷ 12.125, e −0.125.
    const parameters = Float64Array.of(0.5, 0.25, 0, 0.5, 10, 2, 0);
    const objective = createEtsObjective(Float64Array.of(12, 12), 1, { error: "A", trend: "Ad", season: "N" });
    expect(objective.evaluate(parameters)).toBeCloseTo(2 * Math.log(1 + 0.125 ** 2), 12);
    const relative = createEtsObjective(Float64Array.of(12, 12), 1, { error: "M", trend: "Ad", season: "N" });
    const squares = (1 / 11) ** 2 + (0.125 / 12.125) ** 2;
    expect(relative.evaluate(parameters)).toBeCloseTo(2 * Math.log(squares) + 2 * Math.log(11 * 12.125), 12);
  });

  it("moves an index by its share of the distance", () => {
    // q 10 · s 2 = 20, y 24: e 0.2, l 10 + ½ (12 − 10), s 2 + ¼ (2.4 − 2).
    const objective = createEtsObjective(Float64Array.of(24), 2, { error: "M", trend: "N", season: "M" });
    objective.evaluate(Float64Array.of(0.5, 0, 0.25, 1, 10, 0, 2, 0));
    expect([...objective.lastState().subarray(4)]).toEqual([11, 0, 2.1, 0]);
  });
});

describe("isForecastable", () => {
  it("agrees with the largest root of the characteristic polynomial", () => {
    // Powers of the companion recursion grow exactly when a root lies outside the unit circle.
    const sizeLater = (alpha: number, beta: number, gamma: number, phi: number, m: number): number => {
      const middle = alpha + beta - alpha * phi;
      const tail = [alpha + beta - phi, ...Array.from({ length: m - 2 }, () => middle), middle + gamma - 1];
      tail.push(phi * (1 - alpha - gamma));
      let past = tail.map((_, i) => Math.sin(i + 1));
      for (let t = 0; t < 6000; t++) {
        past = [-tail.reduce((sum, c, i) => sum + c * (past[i] ?? 0), 0), ...past.slice(0, -1)];
      }
      return Math.max(...past.map(Math.abs));
    };
    const rng = createRng(3);
    const drawn = Array.from({ length: 150 }, () => {
      const alpha = rng.next();
      const [beta, gamma] = [alpha * (0.7 + 0.3 * rng.next()), 0.95 * (1 - alpha) * rng.next()];
      const m = 2 + rng.nextInt(5);
      return { size: sizeLater(alpha, beta, gamma, 0.97, m), isInside: isForecastable(alpha, beta, gamma, 0.97, m) };
    });
    const outside = drawn.filter(({ size }) => size > 1e3);
    const inside = drawn.filter(({ size }) => size < 1e-3);
    expect(outside.length).toBeGreaterThan(5);
    expect(inside.length).toBeGreaterThan(20);
    expect(outside.every(({ isInside }) => !isInside)).toBe(true);
    expect(inside.every(({ isInside }) => isInside)).toBe(true);
  });
});

describe("minimizeSimplex", () => {
  it("ends in Rosenbrock's valley where R's optim does", () => {
    let evaluations = 0;
    const rosenbrock = ([x, y]: Float64Array): number => {
      evaluations++;
      return 100 * (y - x * x) ** 2 + (1 - x) ** 2;
    };
    const params = { maxEvaluations: 500, tolerance: Math.sqrt(2 ** -52) };
    const { point } = minimizeSimplex(rosenbrock, Float64Array.of(-1.2, 1), params);
    // R's documentation of optim: optim(c(-1.2, 1), fr) gives 1.000260, 1.000506 after 195 evaluations.
    expect(point[0]).toBeCloseTo(1.00026, 5);
    expect(point[1]).toBeCloseTo(1.000506, 5);
    expect(evaluations).toBe(195);
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

  it("takes R's form and forecasts within 1 % of R's on its M3 sample", (context) => {
    const file = join(packageRoot(), "..", "shared", "data", "forecast", "reference", "r_ets_theta.csv");
    if (!existsSync(file)) {
      context.skip("the reference forecasts are not beside the repository");
      return;
    }
    const rows = readFileSync(file, "utf8")
      .split("\n")
      .map((line) => line.split(","));
    let [sameForm, near, count, own, ofR] = [0, 0, 0, 0, 0];
    for (const set of ["m3_quarterly", "m3_yearly", "m3_other"]) {
      const byId = new Map((readCompetitionSeries(`m3/${set}.csv`) ?? []).map((one) => [one.id, one]));
      for (const [ofSet, id, method, model, , forecast] of rows) {
        const one = id === undefined ? undefined : byId.get(id);
        if (ofSet !== set || method !== "ets" || one === undefined) continue;
        count++;
        const { error, trend, season } = selectEts(one.train, one.period)?.form ?? {};
        if (model === `ETS(${error}|${trend}|${season})`) sameForm++;
        const means = forecastAutoEts(one.train, one.period, one.horizon);
        const reference = Float64Array.from((forecast ?? "").split(" "), Number);
        if (means.every((mean, step) => Math.abs(mean / (reference[step] ?? 0) - 1) < 0.01)) near++;
        own += smape(one.test, means);
        ofR += smape(one.test, reference);
      }
    }
    expect(count).toBe(150);
    expect(sameForm).toBeGreaterThanOrEqual(148);
    expect(near).toBeGreaterThanOrEqual(148);
    expect(Math.abs(own / ofR - 1)).toBeLessThan(0.005);
  });
});
