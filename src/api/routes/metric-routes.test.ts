import { tableFromIPC } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiFixture, grossSalesOf, nightOf, openApiFixture } from "../testing/api-fixture.ts";

let api: ApiFixture;
beforeAll(async () => {
  api = await openApiFixture(3);
});
afterAll(() => api.close());

const query = (payload: object, headers: Record<string, string> = {}, search = "") =>
  api.app.inject({ method: "POST", url: `/v1/metrics/query${search}`, payload, headers });

describe("GET /v1/metrics", () => {
  it("lists the catalogue and what the release can be filtered by", async () => {
    const response = await api.app.inject("/v1/metrics");
    const body = response.json();
    expect(response.statusCode).toBe(200);
    expect(body).toMatchObject({
      release: nightOf(3),
      asOf: "2011-12-31",
      window: { from: "2011-12-01", to: "2011-12-24" },
    });
    expect(body.stores.map((store: { id: string }) => store.id)).toEqual(["shop"]);
    const names = body.metrics.map((metric: { name: string }) => metric.name);
    expect(names).toContain("gross_sales");
    expect(body.metrics[0]).toHaveProperty("definition.zh");
  });
});

describe("POST /v1/metrics/query", () => {
  it("answers the figures in minor units", async () => {
    const body = (await query({ metrics: ["gross_sales", "orders"] })).json();
    expect(body.rows).toEqual([[grossSalesOf(3), 24]]);
    expect(body.columns[0]).toEqual({ name: "gross_sales", kind: "metric", unit: "money", currency: "GBP" });
    expect(body).toMatchObject({ release: nightOf(3), asOf: "2011-12-31" });
  });

  it("cuts by dimension and filters", async () => {
    const payload = { metrics: ["orders"], dimensions: ["market"], filters: { market: ["DE"] } };
    expect((await query(payload)).json().rows).toEqual([["DE", 12]]);
  });

  it("gives CSV by Accept or by ?format, with release and day as headers", async () => {
    const payload = { metrics: ["gross_sales"] };
    const byAccept = await query(payload, { accept: "text/csv" });
    const byFormat = await query(payload, { accept: "application/json" }, "?format=csv");
    expect(byAccept.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(byAccept.body).toBe("Gross sales (GBP)\r\n144.00\r\n");
    expect(byFormat.body).toBe(byAccept.body);
    expect(byAccept.headers).toMatchObject({ "tradewind-release": nightOf(3), "tradewind-as-of": "2011-12-31" });
  });

  it("gives an Arrow stream", async () => {
    const response = await query({ metrics: ["gross_sales"] }, { accept: "application/vnd.apache.arrow.stream" });
    expect(response.headers["content-type"]).toBe("application/vnd.apache.arrow.stream");
    const table = tableFromIPC(response.rawPayload);
    expect(table.getChild("gross_sales")?.get(0)).toBe(grossSalesOf(3));
  });

  it("is 406 where none of the accepted types can be produced", async () => {
    const response = await query({ metrics: ["orders"] }, { accept: "text/html" });
    expect(response.statusCode).toBe(406);
    expect(response.json().code).toBe("REQUEST_NOT_ACCEPTABLE");
  });

  it.each([
    [{}, 400, "/metrics"],
    [{ metrics: [] }, 400, "/metrics"],
    [{ metrics: ["orders"], from: "2011-02-30" }, 400, "/from"],
    [{ metrics: ["orders"], limit: 5001 }, 400, "/limit"],
    [{ metrics: ["orders"], sql: "DROP TABLE mart_order" }, 400, "/sql"],
    [{ metrics: ["orders"], filters: { market: "DE" } }, 400, "/filters/market"],
  ])("refuses %j with %i at %s", async (payload, status, pointer) => {
    const response = await query(payload);
    expect(response.statusCode).toBe(status);
    expect(response.json().errors[0].pointer).toBe(pointer);
  });

  it.each([
    [{ metrics: ["turnover"] }, 404, "METRIC_UNKNOWN"],
    [{ metrics: ["orders"], dimensions: ["device"] }, 422, "METRIC_QUERY_INVALID"],
    [{ metrics: ["orders"], from: "2011-12-02", to: "2011-12-01" }, 422, "METRIC_QUERY_INVALID"],
  ])("refuses what the catalogue does not know: %j", async (payload, status, code) => {
    const response = await query(payload);
    expect(response.statusCode).toBe(status);
    expect(response.json().code).toBe(code);
    expect(response.headers["content-type"]).toContain("application/problem+json");
  });
});

describe("GET /v1/dashboards", () => {
  it("lists the pages in the order of the menu", async () => {
    const { dashboards, release } = (await api.app.inject("/v1/dashboards")).json();
    expect(release).toBe(nightOf(3));
    expect(dashboards[0]).toMatchObject({ id: "sales-geography" });
  });

  it("gives one page as its file states it, with how much of its domains is loaded", async () => {
    const body = (await api.app.inject("/v1/dashboards/sales-geography")).json();
    expect(body.title.en).toBeTypeOf("string");
    expect(body.cards[0]).toHaveProperty("metrics");
    expect(body.freshness.find((entry: { domain: string }) => entry.domain === "orders").rows).toBeGreaterThan(0);
  });

  it("is 404 for a page there is not, naming the ones there are", async () => {
    const response = await api.app.inject("/v1/dashboards/none");
    expect(response.statusCode).toBe(404);
    expect(response.json().detail).toContain("sales-geography");
  });
});
