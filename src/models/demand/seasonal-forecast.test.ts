import { describe, expect, it } from "vitest";
import { addDays } from "../../core/dates.ts";
import { contextFor, LAST_DAY, makeSales, openShop, type Sale } from "../testing/small-shop.ts";
import type { ModelOutcome } from "../model.ts";
import { ARTEFACT_NAMES, decodeForecasts } from "./artefacts.ts";
import { decodeEnded } from "./ended-series.ts";
import { readDemandSeries, truncateSeries } from "./demand-series.ts";
import type { Forecaster } from "./forecaster.ts";
import { createForecaster, loadForecaster } from "./load-forecaster.ts";
import { seasonalForecast } from "./seasonal-forecast.ts";

async function fit(sales: readonly Sale[]): Promise<ModelOutcome> {
  const { session, close } = await openShop(sales);
  try {
    return await seasonalForecast.fit(contextFor(session));
  } finally {
    close();
  }
}

function open({ files }: ModelOutcome): Forecaster {
  const read = (name: string): Uint8Array => files.find((file) => file.name === name)?.bytes ?? new Uint8Array(0);
  return createForecaster(decodeForecasts(read), LAST_DAY, decodeEnded(read(ARTEFACT_NAMES.ended)));
}

const sale = (ago: number, product: string, quantity: number, returned = 0): Sale => {
  const on = addDays(LAST_DAY, -ago);
  return { order: `${product}${ago}`, product, customer: null, market: "GB", on, quantity, returned };
};

describe("demand series", () => {
  it("counts whole weeks back from the last day, fills gaps with zero and adds up markets and products", async () => {
    const { session, close } = await openShop([
      sale(0, "p", 5),
      sale(6, "p", 1),
      sale(7, "p", 10),
      sale(21, "p", 2),
      { ...sale(0, "p", 3), market: "FR" },
    ]);
    const series = await readDemandSeries(session, LAST_DAY, "week");
    const find = (product: string, market: string): number[] | undefined => {
      const values = series.find((one) => one.product === product && one.market === market)?.values;
      return values && [...values];
    };
    expect(find("p", "GB")).toEqual([2, 0, 10, 6]);
    expect(find("p", "FR")).toEqual([3]);
    expect(find("p", "")).toEqual([2, 0, 10, 9]);
    expect(find("", "")).toEqual([2, 0, 10, 9]);
    close();
  });

  it("takes an order cancelled on its day as no demand, and a later return as none of its business", async () => {
    const { session, close } = await openShop([sale(2, "p", 80_995, 80_995), sale(1, "p", 4), sale(0, "p", 0, 4)]);
    const [series] = await readDemandSeries(session, LAST_DAY, "day");
    expect([...(series?.values ?? [])]).toEqual([4, 0]);
    close();
  });

  it("forgets what came after an origin", () => {
    const values = Float64Array.of(1, 2, 3);
    const series = { store: "s", product: "p", category: "", market: "", unit: "week", values } as const;
    expect([...truncateSeries(series, 2).values]).toEqual([1]);
    expect([...truncateSeries(series, 5).values]).toEqual([]);
  });
});

describe("the seasonal forecast model", () => {
  it("beats naive forecasts on a shop with weekdays, and passes its gate", async () => {
    const { card } = await fit(makeSales(500));
    expect(card.gate.passed).toBe(true);
    expect(card.metrics["dayWape"]).toBeLessThan(card.baseline["daySeasonalNaiveWape"]);
    expect(card.metrics["weekWape"]).toBeLessThan(card.baseline["weekNaiveWape"]);
    const covered = [50, 80, 95].map((level) => card.metrics[`weekCoverage${level}`] ?? 0);
    [0.5, 0.8, 0.95].forEach((level, at) => expect(Math.abs((covered[at] ?? 0) - level)).toBeLessThan(0.1));
    expect(card.window).toEqual({ from: addDays(LAST_DAY, -7 * 72 + 1), to: LAST_DAY });
    // Beside what is published, the weeks of each level and class of demand, with the same rivals.
    expect(card.metrics["totalSeries"]).toBe(1);
    expect(card.metrics["categorySeries"]).toBe(6);
    for (const rival of ["Naive", "SeasonalNaive", "Plain"])
      expect(card.baseline[`total${rival}Wape`]).toBeGreaterThan(0);
  }, 120_000);

  it("gives the same bytes for the same data", async () => {
    const [one, two] = [await fit(makeSales(120)), await fit(makeSales(120).reverse())];
    expect(two).toEqual(one);
  }, 120_000);

  it("answers for a product, a market and the store, by week or day", async () => {
    const forecaster = open(await fit(makeSales(300)));
    const product = forecaster.forecast({ product: "a3", market: "GB", horizon: 50 });
    expect(product).toMatchObject({ method: "portfolio", unit: "week" });
    expect(product.points).toHaveLength(13);
    expect(product.points[0]?.on).toBe("2024-07-01");
    expect(product.points[1]?.on).toBe("2024-07-08");
    expect(product.history.at(-1)?.on).toBe("2024-06-24");

    const store = forecaster.forecast({ horizon: 8 });
    expect(store.unit).toBe("day");
    expect(store.history.at(-1)?.on).toBe(LAST_DAY);
    // 7 July is a Sunday: closed.
    expect(store.points.map(({ on, mean }) => [on, mean > 0])).toContainEqual(["2024-07-07", false]);
    for (const { mean, q025, q10, q25, q50, q75, q90, q975 } of [...product.points, ...store.points]) {
      expect(mean).toBeGreaterThanOrEqual(0);
      expect(q025).toBeGreaterThanOrEqual(0);
      const bounds = [q025, q10, q25, q50, q75, q90, q975];
      expect(bounds).toEqual(bounds.toSorted((a, b) => a - b));
    }

    // The level says how far up from what is named.
    const up = (level: "market" | "total") => forecaster.forecast({ product: "a3", market: "GB", level, horizon: 8 });
    expect(up("total")).toEqual(store);
    expect(up("market")).toEqual(forecaster.forecast({ market: "GB", horizon: 8 }));
    expect(() => forecaster.forecast({ level: "market", horizon: 8 })).toThrow("name a market too");
    const category = forecaster.forecast({ product: "a3", level: "category", market: "GB", horizon: 8 });
    expect(category).toMatchObject({ level: "category", unit: "week" });
    expect(category).toEqual(forecaster.forecast({ category: "a", market: "GB", horizon: 8 }));
    expect(() => forecaster.forecast({ level: "category", horizon: 8 })).toThrow("name a category too");
    expect(() => forecaster.forecast({ category: "c", horizon: 8 })).toThrow('category "c" in any market');

    // All but the share of newcomers: products make up their category, and with the other one the store's weeks.
    const firstWeek = (names: object): number => forecaster.forecast({ ...names, horizon: 1 }).points[0]?.mean ?? 0;
    const products = Array.from({ length: 15 }, (_, at) => firstWeek({ product: `a${at}` }));
    const sum = products.reduce((total, mean) => total + mean, 0);
    expect(sum / firstWeek({ category: "a" })).toBeCloseTo(1, 2);
    const days = store.points.slice(0, 7).reduce((total, { mean }) => total + mean, 0);
    expect((firstWeek({ category: "a" }) + firstWeek({ category: "b" })) / days).toBeCloseTo(1, 2);
  });

  it("names the simple method of a product with little history, and expects nothing where sales are over", async () => {
    const forecaster = open(await fit([sale(8, "new", 4), sale(1, "new", 8), sale(300, "old", 5)]));
    const young = forecaster.forecast({ product: "new", horizon: 1 });
    expect(young.method).toBe("recent-mean");
    // All that is sold but for what newcomers may take.
    const all = forecaster.forecast({ horizon: 1 }).points[0]?.mean ?? 0;
    expect(young.points[0]?.mean).toBeGreaterThan(0.4 * all);
    expect(young.points[0]?.mean).toBeLessThanOrEqual(all);
    expect(() => forecaster.forecast({ product: "none", horizon: 1 })).toThrow("FORECAST_SERIES_UNKNOWN");
    expect(() => forecaster.forecast({ product: "new", market: "US", horizon: 1 })).toThrow('product "new" in US');
    expect(() => forecaster.forecast({ product: "new", horizon: 0 })).toThrow("horizon is 0");

    const over = forecaster.forecast({ product: "old", market: "GB", horizon: 50 });
    expect(over).toMatchObject({ method: "ended", unit: "week", history: [] });
    expect(over.reason).toBe("nothing was demanded after the week from 2023-09-04 on");
    expect(over.points).toHaveLength(13);
    expect(over.points[0]).toMatchObject({ on: "2024-07-01", mean: 0, q025: 0, q975: 0 });
    expect(forecaster.forecast({ product: "old", level: "total", horizon: 1 }).method).not.toBe("ended");
  });

  it("fits an empty shop, and refuses to answer where nothing was published", async () => {
    const empty = await fit([]);
    expect(empty.card).toMatchObject({ trainedOn: 0, gate: { passed: true } });
    expect(() => open(empty).forecast({ horizon: 1 })).toThrow("FORECAST_SERIES_UNKNOWN");
    const manifest = { models: [] } as unknown as Parameters<typeof loadForecaster>[1];
    expect(() => loadForecaster("nowhere", manifest).forecast({ horizon: 1 })).toThrow("MODEL_NOT_PUBLISHED");
  });
});
