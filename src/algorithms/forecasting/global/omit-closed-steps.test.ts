import { describe, expect, it } from "vitest";
import { createRng } from "../../../core/rng.ts";
import { forecastPanel } from "./forecast-panel.ts";
import { isIntermittent } from "./is-intermittent.ts";
import { omitClosedSteps } from "./omit-closed-steps.ts";
import type { PanelSeries } from "./panel-types.ts";

/** A shop that is closed on the days of the week given; day 0 is the first of the history. */
function makeShop(days: number, closed: readonly number[], seed = 1): PanelSeries {
  const rng = createRng(seed);
  const values = Float64Array.from({ length: days }, (_, t) =>
    closed.includes(t % 7) ? 0 : 80 + 20 * Math.sin((2 * Math.PI * t) / 7) + 10 * rng.next(),
  );
  return { values, period: 7, horizon: 10 };
}

describe("omitClosedSteps", () => {
  it("forecasts nothing, surely, on closed days, and the open ones as well as those of a shop that never closes", () => {
    const panel = Array.from({ length: 12 }, (_, at) => makeShop(123, [6], at + 1));
    const { forecasts, past } = forecastPanel(panel, { seed: 1 });
    for (const { mean, lower95, upper95 } of forecasts) {
      expect(mean.length).toBe(10);
      const isClosed = (_: number, step: number): boolean => (123 + step) % 7 === 6;
      for (const row of [mean, lower95, upper95]) expect(row.filter(isClosed)).toEqual(Float64Array.of(0, 0));
      mean.forEach((value, step) => {
        const usual = isClosed(value, step) ? 0 : 85 + 20 * Math.sin((2 * Math.PI * (123 + step)) / 7);
        expect(Math.abs(value - usual)).toBeLessThan(8);
      });
    }
    expect(past.length).toBeGreaterThan(0);
    for (const { index, origin, mean } of past) {
      const { values } = panel[index];
      expect(origin + 10).toBeLessThanOrEqual(values.length);
      mean.forEach((value, step) => expect(value === 0).toBe(values[origin + step] === 0));
    }
  });

  it("leaves open shops, rare demand, short histories and series below 0 as they are", () => {
    const rng = createRng(5);
    const rare = { ...makeShop(140, []), values: Float64Array.from({ length: 140 }, () => (rng.next() < 0.1 ? 1 : 0)) };
    const below = { ...makeShop(140, [6]), values: makeShop(140, [6]).values.map((value) => value && value - 90) };
    const panel = [makeShop(140, []), rare, makeShop(50, [6]), below, { ...makeShop(140, [6]), period: 1 }];
    omitClosedSteps(panel).series.forEach((one, at) => expect(one).toBe(panel[at]));
  });

  it("pools shops whose histories end on different days", () => {
    const { series } = omitClosedSteps([0, 1, 2, 3, 4, 5, 6].map((extra) => makeShop(140 + extra, [5, 6])));
    expect(new Set(series.map(({ period, horizon }) => `${period} ${horizon}`))).toEqual(new Set(["5 8"]));
  });
});

it("isIntermittent leaves one long closure out, not the rareness of sales", () => {
  const shop = makeShop(300, []).values;
  const closed = shop.map((value, t) => (t > 100 && t < 220 ? 0 : value));
  expect(isIntermittent(shop, 7)).toBe(false);
  expect(isIntermittent(closed, 7)).toBe(false);
  expect(
    isIntermittent(
      shop.map((value, t) => (t % 3 === 0 ? value : 0)),
      7,
    ),
  ).toBe(true);
});
