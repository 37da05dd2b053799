import { describe, expect, it } from "vitest";
import { alignClasses } from "./align-classes.ts";
import type { DemandSeries } from "./demand-series.ts";
import { HORIZONS, type StepForecast } from "./forecast-demand.ts";

const series = (product: string, values: ArrayLike<number>, market = ""): DemandSeries => ({
  store: "s",
  product,
  category: "",
  market,
  unit: "week",
  values: Float64Array.from(values),
});
const flat = (value: number): StepForecast => ({
  method: "portfolio",
  mean: new Float64Array(HORIZONS.week).fill(value),
  scale: new Float64Array(HORIZONS.week).fill(1),
});
const ratioOf = (value: number) => () => new Float64Array(HORIZONS.week).fill(value);
const many = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
const constant = (product: string, value: number, market?: string): DemandSeries =>
  series(
    product,
    many(20, () => value),
    market,
  );
/** 78 weeks; in the quarter a year ago demand was `peak` times as high. */
const year = (level: number, peak: number): number[] =>
  many(78, (week) => level * (week >= 26 && week < 41 ? peak : 1) + (week % 2));

describe("alignClasses", () => {
  it("draws a class halfway to what it sells together, and leaves the shares within it", () => {
    const all = [constant("a", 8), constant("b", 24)];
    const [a, b] = alignClasses(all, [flat(2), flat(6)], ratioOf(1));
    // 32 a week against 8 expected: a factor of √4.
    expect(a?.mean[0]).toBeCloseTo(4, 9);
    expect(b?.mean[12]).toBeCloseTo(12, 9);
  });

  it("gives a class its own year in place of the store's", () => {
    const steady = many(40, (at) => series(`p${at}`, year(20, 1)));
    const seasonal = many(40, (at) =>
      series(
        `q${at}`,
        many(78, (week) => (week % 2) * year(20, 2)[week]),
      ),
    );
    const all = [...steady, ...seasonal];
    const aligned = alignClasses(
      all,
      all.map((_, at) => flat(1.5 * (at < 40 ? 20.5 : 10.5))),
      ratioOf(1.5),
    );
    expect(aligned[0]?.mean[3]).toBeCloseTo(20.5, 0);
    expect(aligned[40]?.mean[3]).toBeGreaterThan(1.6 * 10.5);
  });

  it("keeps the store's year where few series of a class are a year old", () => {
    const all = many(10, (at) => series(`p${at}`, year(20, 1)));
    const aligned = alignClasses(
      all,
      all.map(() => flat(1.5 * 20.5)),
      ratioOf(1.5),
    );
    expect(aligned[0]?.mean[0]).toBeCloseTo(1.5 * 20.5, 0);
  });

  it("parts products from products in a market, and leaves sums, young series and closed weeks alone", () => {
    const all = [constant("p", 9), constant("p", 1, "GB"), series("new", [5, 5, 5]), constant("", 9)];
    const base = [flat(1), flat(1), flat(1), flat(1)];
    expect(alignClasses(all, base, ratioOf(1)).map(({ mean }) => mean[0])).toEqual([3, 1, 1, 1]);
    const closed = base.map(() => flat(0));
    expect(alignClasses(all, closed, ratioOf(0)).map(({ mean }) => mean[0])).toEqual([0, 0, 0, 0]);
  });
});
