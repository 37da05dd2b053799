import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toDayNumber } from "../../core/dates.ts";
import type { ReleaseManifest } from "../../warehouse/releases/release-manifest.ts";
import type { ModelOutcome } from "../model.ts";
import { contextFor, LAST_DAY, makeSales, openShop, type Sale } from "../testing/small-shop.ts";
import { linesBefore, linesBetween, readBasketData } from "./basket-data.ts";
import { coPurchase } from "./co-purchase.ts";
import { loadRecommender } from "./load-recommender.ts";
import type { Recommender } from "./recommender.ts";

async function fit(sales: readonly Sale[], change: Parameters<typeof contextFor>[1] = {}): Promise<ModelOutcome> {
  const { session, close } = await openShop(sales);
  try {
    return await coPurchase.fit(contextFor(session, change));
  } finally {
    close();
  }
}

/** Writes the artefacts as a release folder holds them. */
function publish({ card, files }: ModelOutcome): { folder: string; manifest: ReleaseManifest } {
  const folder = mkdtempSync(join(tmpdir(), "tradewind-release-"));
  mkdirSync(join(folder, "models"));
  for (const { name, bytes } of files) writeFileSync(join(folder, "models", name), bytes);
  const manifest: ReleaseManifest = {
    releaseId: "20240701T033000-abcdef",
    createdAt: "2024-07-01T03:30:00Z",
    asOf: LAST_DAY,
    version: "0.1.0",
    runId: "run",
    files: [],
    facts: [],
    windows: {},
    models: [{ ...card, published: true }],
    figures: {},
  };
  return { folder, manifest };
}

function load(outcome: ModelOutcome): Recommender {
  const { folder, manifest } = publish(outcome);
  return loadRecommender(folder, manifest);
}

describe("the co-purchase model", () => {
  let outcome: ModelOutcome;
  let recommender: Recommender;
  const other: Sale[] = [{ store: "small", order: "x", product: "tea", customer: "c0", market: "GB", on: LAST_DAY }];

  beforeAll(async () => {
    outcome = await fit([...makeSales(200), ...other]);
    recommender = load(outcome);
  });

  it("finds the two ranges, beats the popular items and passes its gate", () => {
    const { metrics, baseline, gate } = outcome.card;
    expect(gate.passed).toBe(true);
    expect(metrics["nextPurchaseNdcgAt20"]).toBeGreaterThan(baseline["nextPurchaseNdcgAt20"]);
    expect(metrics["basketHitRateAt20"]).toBeGreaterThan(baseline["basketHitRateAt20"]);
    expect(outcome.card.artefacts).toEqual(outcome.files.map(({ name }) => name));
    expect(outcome.card.window).toEqual({ from: "2023-12-14", to: LAST_DAY });
  });

  it("gives the same bytes for the same data and seed", async () => {
    const again = await fit([...makeSales(200), ...other].reverse());
    expect(again.files).toEqual(outcome.files);
    expect(again.card).toEqual(outcome.card);
  });

  it("recommends similar items from the same range with the evidence", () => {
    const { strategy, items, store } = recommender.similar({ itemId: "a3", n: 4 });
    expect([strategy, store]).toEqual(["item", "shop"]);
    expect(items).toHaveLength(4);
    for (const { itemId, reason } of items) {
      expect(itemId).toMatch(/^a/);
      expect(itemId).not.toBe("a3");
      expect(reason).toMatchObject({ kind: "bought-together", withItemId: "a3" });
    }
    expect([...items].sort((x, y) => y.score - x.score)).toEqual(items);
  });

  it("completes a basket, ignoring what it does not know", () => {
    const { items, ignored, strategy } = recommender.forBasket({
      items: ["b1", "b2", "b1", "ghost"],
      market: "GB",
      n: 5,
    });
    expect(strategy).toBe("basket");
    expect(ignored).toEqual(["ghost"]);
    expect(items.map(({ itemId }) => itemId)).not.toContain("b1");
    expect(items.every(({ itemId }) => itemId.startsWith("b"))).toBe(true);
    const nothingKnown = recommender.forBasket({ items: ["ghost"], market: "GB", n: 5 });
    expect(nothingKnown).toMatchObject({ strategy: "market-popular", ignored: ["ghost"] });
  });

  it("never shows a customer what was bought before", async () => {
    const { session, close } = await openShop(makeSales(200));
    const bought = await session.rows<{ product_id: string }>(
      "SELECT DISTINCT product_id FROM mart_basket_line WHERE customer_id = 'c4'",
    );
    close();
    const { items } = recommender.forCustomer({ customerId: "c4", n: 100 });
    const shown = new Set(items.map(({ itemId }) => itemId));
    expect(shown.size).toBe(items.length);
    expect(bought.filter(({ product_id }) => shown.has(product_id))).toEqual([]);
  });

  it("falls back to the market, then to the store, and says so", () => {
    const french = recommender.forCustomer({ customerId: "nobody", market: "FR", n: 3 });
    expect(french).toMatchObject({ strategy: "market-popular" });
    expect(french.items[0]?.reason).toEqual({ kind: "popular", market: "FR" });
    const unknown = recommender.forCustomer({ customerId: "nobody", market: "JP", n: 3 });
    expect(unknown).toMatchObject({ strategy: "global-popular" });
    expect(unknown.items[0]?.reason).toEqual({ kind: "popular", market: null });
    expect(recommender.popular({ n: 2 })).toMatchObject({ strategy: "global-popular" });
  });

  it("keeps stores apart", () => {
    expect(recommender.popular({ store: "small", n: 10 }).items).toMatchObject([{ itemId: "tea", title: "Tea" }]);
    expect(recommender.popular({ n: 100 }).items.map(({ itemId }) => itemId)).not.toContain("tea");
    expect(() => recommender.similar({ store: "small", itemId: "a1", n: 1 })).toThrow("RECOMMENDATION_ITEM_UNKNOWN");
  });

  it("refuses an unknown store and n out of bounds", () => {
    expect(() => recommender.popular({ store: "nowhere", n: 1 })).toThrow("known are shop, small");
    expect(() => recommender.popular({ n: 0 })).toThrow("n is 0");
    expect(() => recommender.popular({ n: 101 })).toThrow("from 1 to 100");
  });

  it("shows popular items only while there is too little history to measure", async () => {
    const young = await fit(makeSales(60));
    expect(young.card.gate).toMatchObject({ passed: true });
    expect(young.card.gate.rule).toContain("Too little history");
    expect(load(young).similar({ itemId: "a3", n: 3 })).toMatchObject({ strategy: "global-popular" });
  });

  it("fits an empty shop and answers that it knows no store", async () => {
    const empty = load(await fit([]));
    expect(() => empty.popular({ n: 1 })).toThrow("REQUEST_INVALID");
  });

  it("stops when told to", async () => {
    await expect(fit(makeSales(60), { stop: { shouldStop: () => true } })).rejects.toThrow("JOB_STEP_FAILED");
  });

  it("refuses to answer where none was published, and to load a damaged artefact", () => {
    const { folder, manifest } = publish(outcome);
    const absent = { ...manifest, models: [] };
    expect(() => loadRecommender(folder, absent).popular({ n: 1 })).toThrow("MODEL_NOT_PUBLISHED");
    writeFileSync(join(folder, "models", "co-purchase-items.arrow"), "no arrow");
    expect(() => loadRecommender(folder, manifest)).toThrow("MODEL_ARTEFACT_INVALID");
  });
});

describe("leakage", () => {
  let shop: Awaited<ReturnType<typeof openShop>>;
  const on = (day: string, product: string): Sale => ({ order: day, product, customer: "c", market: "GB", on: day });
  beforeAll(async () => {
    shop = await openShop([on("2024-01-01", "x"), on("2024-01-02", "y"), on("2024-01-03", "z")]);
  });
  afterAll(() => shop.close());

  it("reads nothing after the as-of day, and a cut-off day belongs to what comes after it", async () => {
    const data = await readBasketData(shop.session, "2024-01-02");
    expect(data.items.id).toEqual(["x", "y"]);
    const cutoff = toDayNumber("2024-01-02");
    expect([...linesBefore(data.lines, cutoff).item]).toEqual([0]);
    expect([...linesBetween(data.lines, cutoff, cutoff + 1).item]).toEqual([1]);
  });
});
