import { afterEach, describe, expect, it, vi } from "vitest";
import { fail } from "../../core/errors.ts";
import * as pool from "../../algorithms/forecasting/global/forecast-pool.ts";
import { addDays } from "../../core/dates.ts";
import type { Session } from "../../warehouse/database.ts";
import type { ModelOutcome } from "../model.ts";
import { contextFor, LAST_DAY, makeSales, openShop, type Sale } from "../testing/small-shop.ts";
import { ARTEFACT_NAMES, decodeForecasts } from "./artefacts.ts";
import { decodeEnded } from "./ended-series.ts";
import type { Forecaster } from "./forecaster.ts";
import { createForecaster } from "./load-forecaster.ts";
import { seasonalForecast } from "./seasonal-forecast.ts";

vi.mock("../../algorithms/forecasting/global/forecast-pool.ts", { spy: true });
afterEach(() => vi.resetAllMocks());

async function fit(
  sales: readonly Sale[],
  spoil: (session: Session) => Promise<unknown> = async () => undefined,
): Promise<ModelOutcome> {
  const { session, close } = await openShop(sales);
  try {
    await spoil(session);
    return await seasonalForecast.fit(contextFor(session));
  } finally {
    close();
  }
}

function open({ files }: ModelOutcome): Forecaster {
  const read = (name: string): Uint8Array => files.find((file) => file.name === name)?.bytes ?? new Uint8Array(0);
  return createForecaster(decodeForecasts(read), LAST_DAY, decodeEnded(read(ARTEFACT_NAMES.ended)));
}

const sale = (ago: number, product: string, quantity: number): Sale => {
  const on = addDays(LAST_DAY, -ago);
  return { order: `${product}${ago}`, product, customer: null, market: "GB", on, quantity };
};
const weekly = (product: string, quantity: number): Sale[] =>
  Array.from({ length: 20 }, (_, week) => sale(7 * week + 1, product, quantity));

const SHOP = makeSales(200);

describe("one bad series", () => {
  it("is kept apart, named with its reason and forecast by what is believed of it; all others stay as they are", async () => {
    const good = open(await fit([...SHOP, ...weekly("typo", 3)]));
    const outcome = await fit([
      ...SHOP,
      ...weekly("typo", 3),
      sale(10, "typo", 9_000_000),
      sale(3, "ghost", 8_000_000),
    ]);
    const bad = open(outcome);

    const typo = bad.forecast({ product: "typo", market: "GB", horizon: 13 });
    expect(typo.method).toBe("fallback-smoothing");
    expect(typo.reason).toBe("2024-06-20 left out: 9000000 units in a day are not believed");
    for (const { mean } of typo.points) expect(Math.abs(mean - 3)).toBeLessThan(1);
    expect(bad.forecast({ product: "ghost", horizon: 4 })).toMatchObject({
      method: "ended",
      reason: "2024-06-27 left out: 8000000 units in a day are not believed",
    });

    // The store and other products: nothing of the nine millions.
    for (const names of [{}, { market: "GB" }, { product: "a3" }, { category: "b" }]) {
      const [before, after] = [good, bad].map((one) => one.forecast({ ...names, horizon: 13 }));
      expect(after?.method).toBe(before?.method);
      expect(after?.reason).toBeUndefined();
      after?.points.forEach(({ mean }, at) => expect(mean).toBeLessThan(1.25 * (before?.points[at]?.mean ?? 0) + 0.1));
    }

    expect(outcome.card.gate.passed).toBe(true);
    expect(outcome.card.metrics["quarantinedSeries"]).toBe(4);
    expect(outcome.card.parameters["quarantined"]).toContainEqual({
      store: "shop",
      product: "typo",
      category: "",
      market: "GB",
      method: "fallback-smoothing",
      reason: typo.reason,
    });
    expect(outcome.remark).toContain(`product "typo" in GB of shop: ${typo.reason as string} (fallback-smoothing)`);
  }, 120_000);

  it("is kept apart where a value is no number", async () => {
    const outcome = await fit([...SHOP, ...weekly("odd", 3)], async (session) => {
      await session.run("ALTER TABLE mart_product_day ALTER unit_count TYPE DOUBLE");
      await session.run(
        "UPDATE mart_product_day SET unit_count = 'NaN'::DOUBLE WHERE product_id = 'odd' AND sold_on = '2024-06-22'",
      );
    });
    const forecaster = open(outcome);
    expect(forecaster.forecast({ product: "odd", horizon: 1 }).reason).toContain("NaN units in a day");
    for (const names of [{}, { product: "a3" }, { product: "odd" }]) {
      for (const { mean } of forecaster.forecast({ ...names, horizon: 13 }).points)
        expect(mean).toBeGreaterThanOrEqual(0);
    }
  }, 120_000);

  it("falls back where the portfolio gives it what cannot be", async () => {
    const { applyPool } = await vi.importActual<typeof pool>("../../algorithms/forecasting/global/forecast-pool.ts");
    vi.mocked(pool.applyPool).mockImplementation((model, histories) =>
      applyPool(model, histories).map((forecast, at) =>
        at === 1 ? { ...forecast, mean: forecast.mean.map(() => Number.NaN) } : forecast,
      ),
    );
    const outcome = await fit(SHOP);
    expect(outcome.card.parameters["products"]).toBe("portfolio");
    expect(outcome.card.parameters["quarantined"]).toHaveLength(1);
    expect(outcome.remark).toMatch(/portfolio expected NaN units 1 steps ahead.*\(fallback-smoothing\)$/);
  }, 120_000);

  it("does without a portfolio that finds its numbers unusable, and says so; a fault of the program is not hidden", async () => {
    vi.mocked(pool.fitPool).mockImplementation(() => {
      throw fail("ALGORITHM_INPUT_INVALID", "the matrix is not positive definite at row 3.");
    });
    const outcome = await fit(SHOP);
    expect(outcome.card.parameters["products"]).toBe("pooled-smoothing");
    expect(outcome.card.parameters["portfolioFailure"]).toBe("the matrix is not positive definite at row 3.");
    expect(outcome.remark).toBe("no portfolio of products: the matrix is not positive definite at row 3.");
    expect(open(outcome).forecast({ product: "a3", horizon: 1 }).method).toBe("pooled-smoothing");

    vi.mocked(pool.fitPool).mockImplementation(() => {
      throw new TypeError("undefined is not a function");
    });
    await expect(fit(SHOP)).rejects.toThrow("undefined is not a function");
  }, 120_000);
});

describe("awkward histories", () => {
  it("sums a day that comes twice, fills gaps with nothing and starts where demand starts", async () => {
    const twice = async (session: Session): Promise<void> => {
      await session.run(
        `INSERT INTO mart_product_day BY NAME SELECT * REPLACE ('EUR' AS currency) FROM mart_product_day WHERE product_id = 'gap'`,
      );
    };
    const outcome = await fit([sale(1, "gap", 2), sale(64, "gap", 2), sale(400, "early", 1)], twice);
    const { history, points } = open(outcome).forecast({ product: "gap", market: "GB", horizon: 366 });
    expect(history.map(({ value }) => value)).toEqual([4, 0, 0, 0, 0, 0, 0, 0, 0, 4]);
    expect(points).toHaveLength(13);
    for (const { mean } of points) expect(mean).toBeGreaterThan(0);
  });
});
