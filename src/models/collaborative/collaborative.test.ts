import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { addDays } from "../../core/dates.ts";
import type { ModelCard, ReleaseManifest } from "../../warehouse/releases/release-manifest.ts";
import type { Model, ModelOutcome } from "../model.ts";
import { coPurchase } from "../recommendation/co-purchase.ts";
import { loadRecommender } from "../recommendation/load-recommender.ts";
import { contextFor, LAST_DAY, makeSales, openShop, type Sale } from "../testing/small-shop.ts";
import { collaborative } from "./collaborative.ts";
import { readBasketData } from "../recommendation/basket-data.ts";
import { knowBefore } from "./holdout.ts";
import { TREND_WEIGHTS, type StoreParams } from "./params.ts";
import { readStoreLogs } from "./store-log.ts";
import { trendOffsets } from "./trend-offsets.ts";

async function fit(model: Model, sales: readonly Sale[], previous?: ModelCard): Promise<ModelOutcome> {
  const { session, close } = await openShop(sales);
  try {
    return await model.fit({ ...contextFor(session), previous });
  } finally {
    close();
  }
}

function publish(...outcomes: ModelOutcome[]) {
  const folder = mkdtempSync(join(tmpdir(), "tradewind-release-"));
  mkdirSync(join(folder, "models"));
  for (const { name, bytes } of outcomes.flatMap(({ files }) => files)) {
    writeFileSync(join(folder, "models", name), bytes);
  }
  const manifest: ReleaseManifest = {
    releaseId: "20240701T033000-abcdef",
    createdAt: "2024-07-01T03:30:00Z",
    asOf: LAST_DAY,
    version: "0.1.0",
    runId: "run",
    files: [],
    facts: [],
    windows: {},
    models: outcomes.map(({ card }) => ({ ...card, published: true })),
    figures: {},
  };
  return loadRecommender(folder, manifest);
}

describe("the collaborative model", () => {
  // New customers come all the time, so that there is always something new for them to buy.
  const sales = makeSales(300).filter(({ customer, on }) => Number(customer?.slice(1)) * 3 < daysAfter(on));
  let outcome: ModelOutcome;

  beforeAll(async () => {
    outcome = await fit(collaborative, sales);
  });

  it("beats the popular items on a test window and passes its gate", () => {
    const { metrics, baseline, gate, parameters } = outcome.card;
    expect(metrics["ndcgAt20"]).toBeGreaterThan(baseline["ndcgAt20"]);
    expect(metrics["ndcgGainAt20Low"]).toBeGreaterThan(0);
    expect(gate.passed).toBe(true);
    expect(parameters).toHaveProperty("shop.parts");
    expect(metrics["queries.GB"]).toBeGreaterThan(0);
    expect(metrics["repeatShare"]).toBeGreaterThan(0);
  });

  it("gives the same bytes again", async () => {
    expect(await fit(collaborative, sales)).toEqual(outcome);
  });

  it("is measured against the parameters published before, on the same window", async () => {
    const { card } = outcome;
    const asNow = await fit(collaborative, sales, { ...card, published: true });
    expect(asNow.card.metrics).toEqual(card.metrics);

    // Hardly anything but the neighbours of the newest purchase speaks: worse in this shop, so today's passes.
    const poor: StoreParams = {
      halfLifeDays: 1,
      popularHalfLifeDays: 7,
      parts: [
        {
          config: { method: "sparse-ease", params: { ridgeRatio: 1000, userPower: 1, itemPower: 1, keep: 1 } },
          weight: 1,
        },
      ],
    };
    const before = await fit(collaborative, sales, { ...card, published: true, parameters: { shop: poor } });
    expect(before.card.metrics["ndcgGainOnPreviousAt20"]).toBeGreaterThan(0);
    expect(before.card.gate.passed).toBe(true);
    expect(before.files).toEqual(outcome.files);
  });

  it("chooses a trend where what sells of late is not what sold before, and may choose none", async () => {
    const turn = addDays(LAST_DAY, -100);
    const turned = sales.map((sale) => (sale.on < turn ? sale : { ...sale, product: `${sale.product}-new` }));
    const { parameters } = (await fit(collaborative, turned)).card;
    // Written by this model.
    const chosen = (parameters["shop"] as StoreParams).trend;
    expect(chosen?.weight).toBeGreaterThan(0);
    expect([undefined, ...TREND_WEIGHTS]).toContain((outcome.card.parameters["shop"] as StoreParams).trend?.weight);
  });

  it("answers a customer from the list, with a bought item as the reason", async () => {
    const recommender = publish(await fit(coPurchase, sales), outcome);
    const plain = publish(await fit(coPurchase, sales));
    const bought = (id: string): Set<string> =>
      new Set(sales.filter(({ customer }) => customer === id).map(({ product }) => product));
    let [different, answered] = [0, 0];
    for (let customer = 0; customer < 60; customer++) {
      const id = `c${customer}`;
      const { items, strategy } = recommender.forCustomer({ customerId: id, n: 5 });
      const before = plain.forCustomer({ customerId: id, n: 5 });
      if (JSON.stringify(items) !== JSON.stringify(before.items)) different++;
      for (const { itemId, reason } of items) {
        expect(bought(id)).not.toContain(itemId);
        if (reason.kind !== "bought-together") continue;
        answered++;
        expect(strategy).toBe("customer");
        expect(bought(id)).toContain(reason.withItemId);
      }
    }
    expect(different).toBeGreaterThan(10);
    expect(answered).toBeGreaterThan(50);
  });

  it("explains its places by the history that spoke, the reason first", async () => {
    const recommender = publish(await fit(coPurchase, sales), outcome);
    let explained = 0;
    for (let customer = 0; customer < 60; customer++) {
      const { items } = recommender.forCustomer({
        customerId: `c${customer}`,
        n: 5,
        explain: true,
        model: "collaborative",
      });
      for (const { reason, contributions = [], source } of items) {
        if (source !== "customer" || reason.kind !== "bought-together") continue;
        explained++;
        expect(contributions[0]?.itemId).toBe(reason.withItemId);
        const total = contributions.reduce((sum, { share }) => sum + share, 0);
        expect(total).toBeGreaterThan(0);
        expect(total).toBeLessThanOrEqual(1 + 1e-9);
      }
    }
    expect(explained).toBeGreaterThan(10);
  });

  it("hears what a customer did since the night, and answers what goes with an item", async () => {
    const recommender = publish(await fit(coPurchase, sales), outcome);
    const similar = recommender.similar({ itemId: "a1", n: 5, model: "collaborative", explain: true });
    const first = similar.items[0];
    expect(first?.source).toBe("item");
    expect(first?.contributions).toEqual([{ itemId: "a1", share: 1 }]);

    // For somebody new the events are all there is: then what goes with the item is the answer.
    const recent = [{ itemId: "a1", kind: "purchase" as const }];
    const newcomer = recommender.forCustomer({ customerId: "nobody", n: 5, model: "collaborative", recent });
    const answers = similar.items.filter(({ source }) => source === "item").map(({ itemId }) => itemId);
    const heard = newcomer.items.filter(({ source }) => source === "customer").map(({ itemId }) => itemId);
    expect(heard).toEqual(answers);

    // For a customer of the shop they speak beside the history.
    const speakers = new Set<string>();
    for (let customer = 0; customer < 60; customer++) {
      const question = { customerId: `c${customer}`, n: 5, model: "collaborative", recent, explain: true } as const;
      for (const { itemId, contributions = [] } of recommender.forCustomer(question).items) {
        expect(itemId).not.toBe("a1");
        for (const speaker of contributions) speakers.add(speaker.itemId);
      }
    }
    expect(speakers).toContain("a1");
    expect(speakers.size).toBeGreaterThan(3);
  });

  it("answers what goes with an item unasked only where it was measured better at it than co-purchase", async () => {
    const others = await fit(coPurchase, sales);
    const figure = "similarNdcgAt20";
    expect(outcome.card.metrics[figure]).toBeGreaterThan(0);
    expect(others.card.metrics[figure]).toBeGreaterThan(0);
    const withFigure = (value: number): ModelOutcome => ({
      ...others,
      card: { ...others.card, metrics: { ...others.card.metrics, [figure]: value } },
    });
    const ask = (value: number, model?: "collaborative" | "co-purchase") =>
      publish(withFigure(value), outcome).similar({ itemId: "a1", n: 5, model }).items;
    expect(ask(0)).toEqual(ask(0, "collaborative"));
    expect(ask(1)).toEqual(ask(0, "co-purchase"));
    expect(ask(1, "collaborative")).toEqual(ask(0, "collaborative"));
    expect(ask(0)).not.toEqual(ask(1));
  });

  it("reads nothing of the cut-off day or later", async () => {
    const cutoff = addDays(LAST_DAY, -40);
    const know = async (chosen: readonly Sale[]) => {
      const { session, close } = await openShop(chosen);
      const [data] = await readStoreLogs(session, LAST_DAY, await readBasketData(session, LAST_DAY));
      close();
      const days = data?.log.day ?? new Int32Array(0);
      return { data, cutoffDay: Math.floor(Date.parse(cutoff) / 86_400_000), days };
    };
    const all = await know(sales);
    const later = await know(sales.map((sale) => (sale.on < cutoff ? sale : { ...sale, returned: 1, product: "a0" })));
    if (all.data === undefined || later.data === undefined) throw new Error("no store");
    const train = (of: typeof all) => knowBefore(of.data, of.cutoffDay, 180).train.values;
    expect(train(later)).toEqual(train(all));
    const trend = ({ data, cutoffDay }: typeof all, weight: number) =>
      trendOffsets(data, knowBefore(data, cutoffDay, 180), cutoffDay, { windowDays: 30, weight }) ?? [];
    expect(trend(later, 0.6)).toEqual(trend(all, 0.6));
    expect(Math.max(...trend(all, 0.6))).toBeGreaterThan(0);
    expect(Math.max(...trend(all, 1.2))).toBeCloseTo(2 * Math.max(...trend(all, 0.6)), 5);
  });

  it("publishes nothing where the history is too short", async () => {
    const { card } = await fit(collaborative, makeSales(60));
    expect(card.gate.passed).toBe(false);
    expect(card.gate.rule).toContain("Too little history");
  });
});

/** Days from the first sale of 300 days to `on`. */
function daysAfter(on: string): number {
  return 300 - (Date.parse(LAST_DAY) - Date.parse(on)) / 86_400_000;
}
