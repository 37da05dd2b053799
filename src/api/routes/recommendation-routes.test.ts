import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiFixture, nightOf, openApiFixture } from "../testing/api-fixture.ts";

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

describe("GET /v1/recommendations/customers/:id", () => {
  it("recommends to a known customer, stamped with release and day", async () => {
    const { status, body } = await get("/v1/recommendations/customers/C1?n=2");
    expect(status).toBe(200);
    expect(body).toMatchObject({ release: nightOf(7), asOf: "2011-12-31", store: "shop" });
    expect(body.items.length).toBeLessThanOrEqual(2);
  });

  it("gives an unknown customer what is popular in the market, and says so", async () => {
    const { status, body } = await get("/v1/recommendations/customers/nobody?market=DE");
    expect(status).toBe(200);
    expect(body.strategy).toBe("market-popular");
    expect(body.items[0]).toMatchObject({ reason: { kind: "popular", market: "DE" } });
  });

  it("falls back to all markets where the market is unknown", async () => {
    expect((await get("/v1/recommendations/customers/nobody?market=FR")).body.strategy).toBe("global-popular");
  });

  it.each([
    ["n=0", "n is 0; it must be >= 1."],
    ["n=101", "n is 101; it must be <= 100."],
    ["n=10000", "n is 10000; it must be <= 100."],
    ["diversity=2", "diversity is 2; it must be <= 1."],
    ["maxPerCategory=0", "maxPerCategory is 0; it must be >= 1."],
    ["priceToMinor=1&priceFromMinor=2", "priceToMinor is 1; it must be at least priceFromMinor, 2."],
    ["seed=-1", "seed is -1; it must be >= 0."],
    ["n=ten", 'n is "ten"; it must be a whole number.'],
    ["market=gb", 'market is "gb"; it must match ^[A-Z]{2}$, such as GB.'],
    ["store=", "store is empty; fill it in or leave it out."],
    ["limit=3", expect.stringMatching(/^limit is not known here; remove it or use one of store, market, n, /)],
  ])("refuses ?%s and says why", async (query, detail) => {
    const { status, body } = await get(`/v1/recommendations/customers/C1?${query}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: "REQUEST_INVALID", detail, type: "/docs/errors#REQUEST_INVALID" });
    expect(body.errors[0].pointer).toBe(`/${query.split("=")[0]}`);
  });

  it("refuses an unknown store and names the known ones", async () => {
    const { status, body } = await get("/v1/recommendations/customers/C1?store=elsewhere");
    expect(status).toBe(400);
    expect(body.detail).toContain("shop");
  });
});

describe("GET /v1/recommendations/items/:id/similar", () => {
  it("answers for a known item without the item itself", async () => {
    const { status, body } = await get("/v1/recommendations/items/P2/similar");
    expect(status).toBe(200);
    expect(idsOf(body)).not.toContain("P2");
  });

  it("is 404 for an item nobody has sold", async () => {
    const { status, body } = await get("/v1/recommendations/items/P99/similar");
    expect(status).toBe(404);
    expect(body.code).toBe("RECOMMENDATION_ITEM_UNKNOWN");
  });
});

describe.each(["basket", "session"])("POST /v1/recommendations/%s", (kind) => {
  it("recommends to go with the items and lists those it does not know", async () => {
    const { status, body } = await post(`/v1/recommendations/${kind}`, { items: ["P1", "P99"], n: 3 });
    expect(status).toBe(200);
    expect(body.ignored).toEqual(["P99"]);
    expect(idsOf(body)).not.toContain("P1");
  });

  it.each([
    [{}, "/items"],
    [{ items: [] }, "/items"],
    [{ items: [1] }, "/items/0"],
    [{ items: ["P1"], n: "3" }, "/n"],
    [{ items: ["P1"], email: "a@b.c" }, "/email"],
  ])("refuses %j at %s", async (payload, pointer) => {
    const { status, body } = await post(`/v1/recommendations/${kind}`, payload);
    expect(status).toBe(400);
    expect(body.errors[0].pointer).toBe(pointer);
  });
});

describe("GET /v1/recommendations/popular", () => {
  it("lists what sells best, with the titles of the release", async () => {
    const { body } = await get("/v1/recommendations/popular?n=4");
    expect(idsOf(body).sort()).toEqual(["P1", "P2", "P3", "P4"]);
    expect(body.items[0].title).toMatch(/^Product \d, night 7$/);
  });
});

describe("caching", () => {
  const url = "/v1/recommendations/popular?n=2";

  it("answers 304 without a body to the ETag of the same release and address", async () => {
    const first = await api.app.inject(url);
    expect(first.headers["cache-control"]).toBe("private, max-age=60, stale-while-revalidate=300");
    const etag = String(first.headers.etag);
    const again = await api.app.inject({ url, headers: { "if-none-match": `"other", W/${etag}` } });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe("");
    const other = await api.app.inject({ url: `${url}&market=GB`, headers: { "if-none-match": etag } });
    expect(other.statusCode).toBe(200);
  });

  it("gives failures no ETag", async () => {
    const response = await api.app.inject("/v1/recommendations/items/P99/similar");
    expect(response.headers.etag).toBeUndefined();
    expect(response.headers["cache-control"]).toBe("no-store");
  });

  it("answers HEAD as GET without the body", async () => {
    const response = await api.app.inject({ method: "HEAD", url });
    expect(response.statusCode).toBe(200);
    expect(response.headers.etag).toBeDefined();
    expect(response.body).toBe("");
  });
});

describe("before the first release", () => {
  it("is 503 RELEASE_NONE with Retry-After", async () => {
    const empty = await openApiFixture(undefined);
    const response = await empty.app.inject("/v1/recommendations/popular");
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ code: "RELEASE_NONE", errors: [] });
    expect(response.headers["retry-after"]).toBe("5");
    await empty.close();
  });
});
