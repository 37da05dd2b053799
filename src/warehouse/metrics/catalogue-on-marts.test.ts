import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conform } from "../conform.ts";
import { buildMarts } from "../marts/build-marts.ts";
import { insertRows, openFixtureWarehouse, orderLine, type FixtureWarehouse } from "../testing/fixture-warehouse.ts";
import { metricsFolder } from "./default-folders.ts";
import { listFilterValues } from "./list-filter-values.ts";
import { loadCatalogue } from "./load-catalogue.ts";
import type { MetricSource } from "./metric-source.ts";
import { queryMetrics } from "./query-metrics.ts";

const catalogue = loadCatalogue(metricsFolder());
let warehouse: FixtureWarehouse;
let source: MetricSource;

beforeAll(async () => {
  warehouse = await openFixtureWarehouse();
  const { session } = warehouse;
  await insertRows(session, "dim_store", [{ store_id: "shop" }]);
  await insertRows(session, "fct_order_line", [
    orderLine("1", "2011-01-01", "A", 2, 5, { customer_id: "ann" }),
    orderLine("2", "2011-01-02", "A", 1, 5, { customer_id: "ann" }),
    orderLine("C2", "2011-01-02", "A", -1, 5, { customer_id: "ann", movement: "cancellation" }),
  ]);
  await insertRows(session, "fct_shipment", [
    { shipment_id: "s1", promised_on: "2011-01-02", delivered_on: "2011-01-01", weight_g: 500, freight_minor: 700 },
  ]);
  await insertRows(session, "fct_session", [{ session_id: "v1", month_of_year: 2, page_views: 3, is_converted: true }]);
  await conform(session);
  await buildMarts(session, { asOf: "2011-01-02" });
  source = { id: "r", asOf: "2011-01-02", rows: (sql, params) => session.rows(sql, params) };
});
afterAll(() => warehouse.close());

describe("the catalogue on the marts as they are built", () => {
  it.each([...catalogue.metrics.values()].map((metric) => [metric.name, metric] as const))(
    "%s answers at each of its dimensions",
    async (name, metric) => {
      for (const dimension of metric.grain) {
        const result = await queryMetrics(source, catalogue, { metrics: [name], dimensions: [dimension] });
        expect(result.columns.at(-1)?.name).toBe(name);
      }
    },
  );

  it("counts a small shop right", async () => {
    const metrics = [
      "gross_sales",
      "cancelled_sales",
      "net_sales",
      "orders",
      "customers",
      "units",
      "average_order_value",
    ];
    const { rows } = await queryMetrics(source, catalogue, { metrics });
    expect(rows).toEqual([[1500, 500, 1000, 2, 1, 3, 750]]);
    const freight = { metrics: ["on_time_delivery_rate", "freight_cost_per_kg", "conversion_rate"] };
    expect((await queryMetrics(source, catalogue, freight)).rows).toEqual([[1, 1400, 1]]);
  });

  it("lists filter values", async () => {
    expect(await listFilterValues(source)).toMatchObject({
      stores: [{ id: "shop", domains: ["orders", "shipments", "traffic"] }],
      window: { from: "2011-01-01", to: "2011-01-02" },
      values: { mode: ["Air"], month_of_year: [2] },
    });
  });
});
