import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiFixture, openApiFixture } from "../testing/api-fixture.ts";

let api: ApiFixture;
beforeAll(async () => {
  api = await openApiFixture(7);
});
afterAll(() => api.close());

const get = async (url: string) => {
  const response = await api.app.inject(url);
  return { status: response.statusCode, body: response.json() };
};
const post = async (url: string, payload: object) => {
  const response = await api.app.inject({ method: "POST", url, payload });
  return { status: response.statusCode, body: response.json() };
};
const idsOf = (body: { items: { itemId: string }[] }) => body.items.map(({ itemId }) => itemId);

describe("the knobs of a list", () => {
  it("names the market whose filters applied, and none for a country that does not exist", async () => {
    expect((await get("/v1/recommendations/popular?market=DE")).body.market).toBe("DE");
    const { status, body } = await get("/v1/recommendations/popular?market=XX");
    expect([status, body.market, body.level]).toEqual([200, null, "global-popular"]);
    expect(body.items).toHaveLength(4);
  });

  it("leaves out excluded items and those outside the price band", async () => {
    const { body } = await get("/v1/recommendations/popular?excludeItems=P1&excludeItems=P2");
    expect(idsOf(body).sort()).toEqual(["P3", "P4"]);
    expect((await get("/v1/recommendations/popular?priceFromMinor=700&priceToMinor=700")).body.items).toHaveLength(4);
    const dearer = (await get("/v1/recommendations/popular?priceFromMinor=701")).body;
    expect([dearer.items, dearer.level]).toEqual([[], "none"]);
    expect((await get("/v1/recommendations/popular?priceCurrency=USD")).body.items).toEqual([]);
  });

  it("shows what an item costs and where its place comes from", async () => {
    const { body } = await get("/v1/recommendations/popular?n=1");
    expect(body.items[0]).toMatchObject({ priceMinor: 700, currency: "GBP", category: null, source: "global-popular" });
  });

  it("boosts one item to the top", async () => {
    const usual = idsOf((await get("/v1/recommendations/popular")).body);
    const last = usual.at(-1) as string;
    expect(idsOf((await get(`/v1/recommendations/popular?boost=item:${last}:100`)).body)[0]).toBe(last);
    const { body } = await get("/v1/recommendations/popular?boost=P1");
    expect(body.errors[0].pointer).toBe("/boost/0");
  });

  it("weighs by the margin after landed cost and by the delivery promised in the shopper's market", async () => {
    const last = async (query: string) => idsOf((await get(`/v1/recommendations/popular?${query}`)).body).at(-1);
    // In Germany P1 leaves 1 % of its price where the others leave 60 %, and P2 takes 60 days where the others take 3.
    expect(await last("market=DE&marginWeight=1")).toBe("P1");
    expect(await last("market=DE&deliveryWeight=1")).toBe("P2");
    const usual = idsOf((await get("/v1/recommendations/popular?market=GB")).body);
    expect(idsOf((await get("/v1/recommendations/popular?market=GB&marginWeight=1&deliveryWeight=1")).body)).toEqual(
      usual,
    );
    expect((await get("/v1/recommendations/popular?deliveryWeight=2")).status).toBe(400);
  });

  it("gives promoted items their share of the places", async () => {
    const { body } = await get("/v1/recommendations/popular?n=2&promote=P4&promotionShare=0.5");
    expect(body.items.map((item: { source: string }) => item.source)).toContain("promotion");
    expect(idsOf(body)).toContain("P4");
  });

  it("counts sales of the last days only where asked to, and finds what rises", async () => {
    expect((await get("/v1/recommendations/popular?window=30")).body.level).toBe("global-popular");
    expect((await get("/v1/recommendations/popular?window=8")).status).toBe(400);
    expect((await get("/v1/recommendations/trending?market=GB")).status).toBe(200);
  });

  it("may show purchases again when told to", async () => {
    const usual = idsOf((await get("/v1/recommendations/customers/C1?n=100")).body);
    const all = idsOf((await get("/v1/recommendations/customers/C1?n=100&excludePurchased=false")).body);
    expect(all.length).toBeGreaterThan(usual.length);
    expect(idsOf((await get("/v1/recommendations/customers/C1?n=100&coolDownDays=0")).body).sort()).toEqual(all.sort());
  });
});

describe("the model of a list", () => {
  it("may be chosen, and one that makes no such lists is refused", async () => {
    const sources = async (url: string) =>
      (await get(url)).body.items.map((item: { source: string }) => item.source) as string[];
    const popular = await sources("/v1/recommendations/customers/C1?model=popular&excludePurchased=false");
    expect(popular.length).toBeGreaterThan(0);
    for (const source of popular) expect(source).toMatch(/popular/);
    for (const source of await sources("/v1/recommendations/items/P2/similar?model=popular"))
      expect(source).toMatch(/popular/);
    expect((await get("/v1/recommendations/customers/C1?model=co-purchase")).status).toBe(200);
    expect((await get("/v1/recommendations/customers/C1?model=collaborative")).status).toBe(200);
    expect((await get("/v1/recommendations/items/P2/similar?model=collaborative")).status).toBe(200);
    const { status, body } = await get("/v1/recommendations/items/P2/similar?model=none-such");
    expect([status, body.errors[0].pointer]).toEqual([400, "/model"]);
  });
});

describe("GET /v1/recommendations/customers/:id/buy-again", () => {
  it("lists purchases with how often and when, the rest after them", async () => {
    const { body } = await get("/v1/recommendations/customers/C1/buy-again?n=1");
    expect(body.level).toBe("buy-again");
    expect(body.items[0].reason).toMatchObject({ kind: "bought-before", orders: expect.any(Number) });
    expect(body.items[0].reason.on).toMatch(/^2011-12-/);
  });

  it("falls back to popular items for a stranger and takes no excludePurchased", async () => {
    expect((await get("/v1/recommendations/customers/nobody/buy-again")).body.level).toBe("global-popular");
    expect((await get("/v1/recommendations/customers/C1/buy-again?excludePurchased=true")).status).toBe(400);
  });
});

describe("POST /v1/recommendations/rank", () => {
  it("orders a list and names what it does not know", async () => {
    const { status, body } = await post("/v1/recommendations/rank", {
      candidates: ["P3", "ghost", "P1"],
      items: ["P2"],
    });
    expect(status).toBe(200);
    expect(idsOf(body).sort()).toEqual(["P1", "P3"]);
    expect([body.ignored, body.removed]).toEqual([["ghost"], []]);
  });

  it.each([
    [{}, "/candidates"],
    [{ candidates: ["P1"], boosts: [{ itemId: "P1", factor: 0 }] }, "/boosts/0/factor"],
  ])("refuses %j at %s", async (payload, pointer) => {
    const { status, body } = await post("/v1/recommendations/rank", payload);
    expect(status).toBe(400);
    expect(body.errors[0].pointer).toBe(pointer);
  });
});
