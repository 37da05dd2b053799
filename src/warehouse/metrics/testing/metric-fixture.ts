import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase, type Session } from "../../database.ts";
import type { MetricSource } from "../metric-source.ts";

export type FixtureCell = string | number | boolean | null;

/** The mart tables metrics read, as a release carries them; only the columns that metrics name. */
const TABLES: Readonly<Record<string, string>> = {
  mart_sales_day: `store_id VARCHAR, market_id VARCHAR, sold_on DATE, currency VARCHAR, order_count BIGINT,
    line_count BIGINT, unit_count BIGINT, gross_minor BIGINT, cancelled_minor BIGINT, refund_minor BIGINT,
    net_minor BIGINT, shipping_minor BIGINT, discount_minor BIGINT`,
  mart_order: `store_id VARCHAR, order_id VARCHAR, market_id VARCHAR, customer_id VARCHAR, customer_no INTEGER,
    ordered_on DATE, currency VARCHAR, is_first_order BOOLEAN`,
  mart_product_day: `store_id VARCHAR, product_id VARCHAR, market_id VARCHAR, sold_on DATE, currency VARCHAR,
    unit_count BIGINT, net_minor BIGINT, order_count BIGINT`,
  mart_product: "store_id VARCHAR, product_id VARCHAR, title VARCHAR, category VARCHAR",
  mart_shipment: `store_id VARCHAR, shipment_id VARCHAR, market_id VARCHAR, mode VARCHAR, carrier_id VARCHAR,
    vendor VARCHAR, product_group VARCHAR, promised_on DATE, is_on_time BOOLEAN, weight_g DOUBLE,
    freight_minor BIGINT, goods_minor BIGINT, currency VARCHAR`,
  mart_session: `store_id VARCHAR, session_id VARCHAR, started_on DATE, month_of_year INTEGER, market_id VARCHAR,
    visitor_kind VARCHAR, device VARCHAR, page_views INTEGER, product_views INTEGER, is_converted BOOLEAN`,
  mart_fx_day: "day DATE, currency VARCHAR, units_per_eur DOUBLE",
  mart_freshness: "domain VARCHAR, table_name VARCHAR, rows BIGINT, first_on DATE, last_on DATE",
  dim_store: "store_id VARCHAR, name VARCHAR, currency VARCHAR",
  dim_market: "market_id VARCHAR, name VARCHAR, iso_numeric VARCHAR",
};

export interface MetricFixture {
  readonly source: MetricSource;
  readonly session: Session;
  /** Adds rows; columns that are not named are NULL. */
  insert(table: string, ...rows: Readonly<Record<string, FixtureCell>>[]): Promise<void>;
  close(): void;
}

/** Empty mart tables in memory. Fill them before the first query: a source is taken as unchanging. */
export async function openMetricFixture(): Promise<MetricFixture> {
  const folder = mkdtempSync(join(tmpdir(), "tradewind-metrics-"));
  const database = await openDatabase(":memory:", { memory: "500MB", threads: 1, tempDir: folder });
  const session = await database.session();
  for (const [name, columns] of Object.entries(TABLES)) await session.run(`CREATE TABLE ${name} (${columns})`);
  return {
    session,
    source: {
      id: "20111209T033000-abcdef",
      asOf: "2011-12-09",
      rows: (sql, params) => session.rows(sql, params),
    },
    insert: async (table, ...rows) => {
      for (const row of rows) {
        const names = Object.keys(row);
        const values = names.map((name) => `$${name}`).join(", ");
        await session.run(`INSERT INTO ${table} (${names.join(", ")}) VALUES (${values})`, row);
      }
    },
    close: () => {
      session.close();
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
