import { expect, it } from "vitest";
import { decomposeStl } from "./decompose-stl.ts";
import { forecastLevel } from "./forecast-level.ts";
import { withLoessSeasons } from "./forecast-mstl.ts";
import { smoothLoess } from "./smooth-loess.ts";

it("smooths a line to itself, inside and one step beyond", () => {
  const line = Float64Array.from({ length: 12 }, (_, t) => 3 + 2 * t);
  smoothLoess(line, 7, -1, 13).forEach((value, i) => expect(value).toBeCloseTo(3 + 2 * (i - 1), 9));
});

it("finds a fixed season on a line", () => {
  const pattern = [5, -2, -4, 1];
  const series = Float64Array.from({ length: 60 }, (_, t) => 10 + 0.5 * t + pattern[t % 4]);
  decomposeStl(series, 4, 11).forEach((value, t) => expect(value).toBeCloseTo(pattern[t % 4], 6));
});

it("continues a day and a week at once", () => {
  const value = (t: number): number =>
    100 + 10 * Math.sin((2 * Math.PI * t) / 24) + 20 * Number(Math.floor(t / 24) % 7 === 6);
  const train = Float64Array.from({ length: 6 * 168 }, (_, t) => value(t));
  const mean = withLoessSeasons(forecastLevel)(train, 24, 168);
  let worst = 0;
  mean.forEach((one, step) => (worst = Math.max(worst, Math.abs(one - value(train.length + step)))));
  expect(worst).toBeLessThan(4);
});
