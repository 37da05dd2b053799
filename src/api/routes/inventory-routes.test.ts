import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApiFixture, type ApiFixture } from "../testing/api-fixture.ts";

let fixture: ApiFixture;
beforeAll(async () => {
  fixture = await openApiFixture(1);
});
afterAll(() => fixture.close());

const get = (url: string) => fixture.app.inject({ method: "GET", url });
const post = (url: string, payload: object) => fixture.app.inject({ method: "POST", url, payload });

describe("GET /v1/inventory/reorder", () => {
  it("lists every product that sells, with levels in order and no stock made up", async () => {
    const answer = await get("/v1/inventory/reorder?leadTimeDays=14&reviewDays=7");
    expect(answer.statusCode).toBe(200);
    const { products, asOf } = answer.json();
    expect(asOf).toBe("2011-12-31");
    expect(products.length).toBe(4);
    for (const product of products) {
      expect(product.orderUpTo).toBeGreaterThanOrEqual(product.reorderPoint);
      expect(product).toMatchObject({ onHand: null, orderQuantity: null, alert: "stock-unknown" });
      expect(product.title).toMatch(/^Product \d, night 1$/);
    }
  });

  it("asks for more stock when the lead time is longer", async () => {
    const levelOf = async (days: number): Promise<number> =>
      (await get(`/v1/inventory/reorder?leadTimeDays=${days}&limit=1`)).json().products[0].orderUpTo;
    expect(await levelOf(28)).toBeGreaterThan(await levelOf(7));
  });

  it("pages without losing or repeating a product", async () => {
    const ids: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const answer = await get(`/v1/inventory/reorder?limit=3${cursor === "" ? "" : `&cursor=${cursor}`}`);
      const page: { products: { productId: string }[]; nextCursor: string | null } = answer.json();
      ids.push(...page.products.map(({ productId }) => productId));
      cursor = page.nextCursor;
    }
    expect([...ids].sort()).toEqual(["P1", "P2", "P3", "P4"]);
  });

  it.each([
    ["target=1.5", "/target"],
    ["leadTimeDays=-1", "/leadTimeDays"],
    ["store=nowhere", "/store"],
    ["colour=red", "/colour"],
  ])("refuses %s and names it", async (query, pointer) => {
    const answer = await get(`/v1/inventory/reorder?${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors[0].pointer).toBe(pointer);
  });
});

describe("GET /v1/inventory/alerts", () => {
  it("tells of nothing where no stock is known, and names what is out of bounds", async () => {
    const answer = await get("/v1/inventory/alerts?minRisk=0.1");
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ store: "shop", alerts: [], nextCursor: null });
    const refused = await get("/v1/inventory/alerts?minRisk=2");
    expect(refused.statusCode).toBe(400);
    expect(refused.json().errors[0].pointer).toBe("/minRisk");
  });
});

describe("POST /v1/inventory/policy", () => {
  const demand = Array.from({ length: 80 }, (_, week) => 10 + ((week * 7) % 11));

  it("plans for brought demand and replays it beside the textbook rule", async () => {
    const costs = { orderCost: 8, holdingCost: 0.01, shortageCost: 3 };
    const answer = await post("/v1/inventory/policy", { demand, stepDays: 7, target: 0.95, costs });
    expect(answer.statusCode).toBe(200);
    const { levels, calibratedOn, simulation, economics } = answer.json();
    expect(calibratedOn).toBe("series");
    expect(levels.reorderPoint).toBeCloseTo(levels.leadTimeDemand * 1.5 + levels.safetyStock, 6);
    expect(levels.orderUpTo).toBeGreaterThan(levels.reorderPoint);
    expect(simulation.policy.fillRate).toBeGreaterThan(0.9);
    expect(simulation.policy.demand).toBe(simulation.textbook.demand);
    expect(economics.newsvendor.criticalRatio).toBeCloseTo(3 / 3.07, 9);
    expect(economics.orderQuantity.quantity).toBeCloseTo(Math.sqrt((2 * 8 * (levels.leadTimeDemand / 14)) / 0.01), 6);
  });

  it("plans fixed lots, economic ones where costs are known and as suppliers take them", async () => {
    const costs = { orderCost: 8, holdingCost: 0.01, shortageCost: 3 };
    const ask = { demand, stepDays: 7, ordering: "lots", packSize: 12 };
    const { levels, simulation } = (await post("/v1/inventory/policy", { ...ask, costs })).json();
    const economic = Math.sqrt((2 * 8 * (levels.leadTimeDemand / 14)) / 0.01);
    expect(levels.lotSize).toBe(Math.ceil(economic / 12) * 12);
    expect(levels.orderUpTo).toBeCloseTo(levels.reorderPoint + levels.lotSize, 9);
    expect(simulation.policy.fillRate).toBeGreaterThan(0.9);
    const weekly = (await post("/v1/inventory/policy", ask)).json().levels;
    expect(weekly.lotSize).toBe(Math.ceil(levels.leadTimeDemand / 2 / 12) * 12);
    expect((await post("/v1/inventory/policy", { demand, stepDays: 7 })).json().levels.lotSize).toBeNull();
  });

  it("plans for a product of the release", async () => {
    const answer = await post("/v1/inventory/policy", { product: "P2", market: "GB" });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ calibratedOn: "assortment", economics: null });
  });

  it("answers for demand too short to judge or replay", async () => {
    const answer = await post("/v1/inventory/policy", { demand: [0, 3] });
    expect(answer.json()).toMatchObject({ calibratedOn: "none", simulation: null });
  });

  it("wants a product or demand, not both and not neither", async () => {
    const both = await post("/v1/inventory/policy", { product: "P2", demand: [1] });
    const neither = await post("/v1/inventory/policy", {});
    expect([both.statusCode, neither.statusCode]).toEqual([400, 400]);
    expect(both.json().errors[0].pointer).toBe("/demand");
  });

  it("answers 404 for a product nobody bought", async () => {
    expect((await post("/v1/inventory/policy", { product: "unknown" })).json().code).toBe("FORECAST_SERIES_UNKNOWN");
  });
});

describe("POST /v1/inventory/allocate", () => {
  it("gives the more valuable market its units first and keeps what nobody would sell", async () => {
    const ask = async (units: number) => {
      const markets = [
        { market: "GB", margin: 1 },
        { market: "DE", margin: 100 },
      ];
      return (await post("/v1/inventory/allocate", { product: "P2", units, markets })).json();
    };
    const scarce = await ask(1);
    expect(scarce.markets).toMatchObject([
      { market: "GB", units: 0 },
      { market: "DE", units: 1 },
    ]);
    const plenty = await ask(100_000);
    expect(plenty.unallocated).toBeGreaterThan(0);
  });

  it("refuses promises beyond the stock", async () => {
    const markets = [{ market: "GB", margin: 1, minimum: 5 }];
    const answer = await post("/v1/inventory/allocate", { product: "P2", units: 2, markets });
    expect(answer.statusCode).toBe(422);
  });
});
