import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { decodeArrow, encodeArrow } from "../../warehouse/arrow-table.ts";
import type { ReleaseManifest } from "../../warehouse/releases/release-manifest.ts";
import { openDatabase, type Session } from "../../warehouse/database.ts";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DemandLink } from "../../algorithms/pricing/estimate-elasticity.ts";
import type { ModelOutcome } from "../model.ts";
import type { StoreForm } from "./choose-forms.ts";
import { loadPricer, type Pricer } from "./load-pricer.ts";
import { priceElasticity } from "./price-elasticity.ts";

const ELASTICITY = -1.6;
let outcome: ModelOutcome;
let pricer: Pricer;
const folder = mkdtempSync(join(tmpdir(), "tradewind-pricing-"));

const FRENCH = -3.2;

/** Ten products whose price changes week by week, and one whose price never does; in France demand answers twice as much. */
async function fillShop(session: Session): Promise<void> {
  const rng = createRng(11);
  const rows: string[] = [];
  for (let product = 0; product <= 10; product++) {
    for (let week = 0; week < 60; week++) {
      const price = product === 10 ? 500 : Math.round(300 + 400 * rng.next());
      const units = Math.max(1, Math.round(200 * (price / 500) ** ELASTICITY * (0.9 + 0.2 * rng.next())));
      rows.push(`('shop', 'p${product}', 'GB', DATE '2024-06-28' - ${7 * week}, 'GBP', ${units}, 9, ${units * price})`);
      if (product < 3) continue;
      const sold = Math.max(1, Math.round(20 * (price / 500) ** FRENCH * (0.9 + 0.2 * rng.next())));
      rows.push(`('shop', 'p${product}', 'FR', DATE '2024-06-28' - ${7 * week}, 'GBP', ${sold}, 3, ${sold * price})`);
    }
  }
  await session.run(`CREATE TABLE mart_product_day (store_id VARCHAR, product_id VARCHAR, market_id VARCHAR,
    sold_on DATE, currency VARCHAR, unit_count BIGINT, order_count BIGINT, gross_minor BIGINT)`);
  await session.run(`INSERT INTO mart_product_day VALUES ${rows.join(", ")}`);
  await session.run(`CREATE TABLE mart_product AS SELECT DISTINCT store_id, product_id, NULL::VARCHAR AS category
    FROM mart_product_day`);
}

beforeAll(async () => {
  const database = await openDatabase(":memory:", { memory: "500MB", threads: 1, tempDir: folder });
  const session = await database.session();
  await fillShop(session);
  const context = { session, asOf: "2024-06-30", seed: 1, stop: { shouldStop: () => false }, onProgress: () => {} };
  outcome = await priceElasticity.fit(context);
  session.close();
  database.close();
  mkdirSync(join(folder, "models"));
  for (const { name, bytes } of outcome.files) writeFileSync(join(folder, "models", name), bytes);
  const manifest = { releaseId: "r", models: [outcome.card] } as unknown as ReleaseManifest;
  pricer = loadPricer(folder, manifest);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the price model", () => {
  it("forecasts unseen weeks better with the elasticity than without, and passes its gate", () => {
    expect(outcome.card.gate.passed).toBe(true);
    expect(outcome.card.metrics["deviance"]).toBeLessThan(outcome.card.baseline["deviance"] / 2);
  });

  it("tells between which prices demand was seen", () => {
    const varied = pricer.elasticity("shop", "p0");
    expect(varied.lowestPriceMinor).toBeGreaterThanOrEqual(300);
    expect(varied.lowestPriceMinor).toBeLessThan(400);
    expect(varied.highestPriceMinor).toBeGreaterThan(600);
    expect(varied.highestPriceMinor).toBeLessThanOrEqual(700);
    expect(pricer.elasticity("shop", "p10")).toMatchObject({ lowestPriceMinor: 500, highestPriceMinor: 500 });
  });

  it("is read from a release of before cross-elasticities too", () => {
    const [file] = outcome.files;
    const table = decodeArrow(file?.bytes ?? new Uint8Array());
    // It had no rows of single markets.
    const isAll = table.text("market").map((market) => market === "");
    const pick = <Value>(values: Iterable<Value>): Value[] => [...values].filter((_, at) => isAll[at]);
    const texts = ["store", "product", "currency", "basis", "refusal"].map((name) => [name, pick(table.text(name))]);
    const numbers = ["elasticity", "error", "price"].map((name) => [
      name,
      Float64Array.from(pick(table.float64(name))),
    ]);
    const earlier = join(folder, "earlier");
    mkdirSync(join(earlier, "models"), { recursive: true });
    const bytes = encodeArrow(Object.fromEntries([...texts, ...numbers]) as Parameters<typeof encodeArrow>[0]);
    writeFileSync(join(earlier, "models", file?.name ?? ""), bytes);
    const manifest = { releaseId: "r", models: [outcome.card] } as unknown as ReleaseManifest;
    const answer = loadPricer(earlier, manifest).elasticity("shop", "p3");
    expect(answer).toEqual({
      ...pricer.elasticity("shop", "p3"),
      link: null,
      promotionLift: null,
      promotionLow: null,
      promotionHigh: null,
      drawnTo: null,
      lowestPriceMinor: null,
      highestPriceMinor: null,
      crossElasticity: null,
      crossLow: null,
      crossHigh: null,
      crossRefusal: "not-measured",
    });
  });

  it("finds the elasticity that demand was made with", () => {
    const answer = pricer.elasticity("shop", "p1");
    expect(answer).toMatchObject({ basis: "own", drawnTo: "store", market: null });
    expect(["poisson", "tweedie", "log-log"]).toContain(answer.link);
    const { elasticity, low, high } = answer as { elasticity: number; low: number; high: number };
    expect(Math.abs(elasticity - ELASTICITY)).toBeLessThan(0.15);
    expect(low).toBeLessThan(high);
  });

  it("says by which link, and with what deviance on weeks that neither fit nor gate saw", () => {
    const [chosen] = outcome.card.parameters["forms"] as [StoreForm];
    const { withPromotions, ...deviances } = chosen.deviances as Record<DemandLink | "withPromotions", number>;
    const { link, hasPromotions } = chosen;
    expect(pricer.elasticity("shop", "p1").link).toBe(link);
    expect(Object.keys(deviances).sort()).toEqual(["log-log", "poisson", "tweedie"]);
    expect(deviances[link]).toBe(Math.min(...Object.values(deviances)));
    expect(hasPromotions).toBe(withPromotions < deviances[link]);
    expect(pricer.elasticity("shop", "p1").promotionLift === null).toBe(!hasPromotions);
  });

  it("tells a market's own answer, its market's where a price never varied there, and all markets' where it sold nothing", () => {
    const french = pricer.elasticity("shop", "p4", "FR");
    expect(french).toMatchObject({ basis: "own", drawnTo: "market", market: "FR" });
    expect(Math.abs((french.elasticity as number) - FRENCH)).toBeLessThan(0.3);
    const still = pricer.elasticity("shop", "p10", "FR");
    expect(still).toMatchObject({ basis: "market", refusal: "price-never-varied", market: "FR" });
    expect(Math.abs((still.elasticity as number) - FRENCH)).toBeLessThan(0.3);
    expect(pricer.elasticity("shop", "p1", "FR")).toEqual(pricer.elasticity("shop", "p1"));
  });

  it("goes by the store where a price never varied, and says so", () => {
    expect(pricer.elasticity("shop", "p10")).toMatchObject({ basis: "store", refusal: "price-never-varied" });
  });

  it("refuses a price for such a product unless asked to go by the store", () => {
    const question = {
      store: "shop",
      product: "p10",
      expectedUnits: 100,
      horizonDays: 28,
      unitCostMinor: 200,
      minPriceMinor: undefined,
      maxPriceMinor: undefined,
      stock: undefined,
      supply: undefined,
      elasticity: undefined,
      usePooled: false,
    };
    expect(() => pricer.optimize(question)).toThrow(/vary the price first/);
    const { now, best } = pricer.optimize({ ...question, usePooled: true });
    expect(best.margin).toBeGreaterThanOrEqual(now.margin);
  });
});
