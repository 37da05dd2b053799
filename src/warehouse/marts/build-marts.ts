import type { IsoDate } from "../../core/dates.ts";
import type { Session } from "../database.ts";
import { fillIdentifiers, readSql } from "../read-sql.ts";

/** Each mart with its statement; a later one may read an earlier one. */
const MARTS = [
  { table: "mart_fx_day", statement: "marts/build_fx_day" },
  { table: "mart_sales_day", statement: "marts/build_sales_day" },
  { table: "mart_order", statement: "marts/build_order" },
  { table: "mart_product_day", statement: "marts/build_product_day" },
  { table: "mart_product", statement: "marts/build_product" },
  { table: "mart_stock", statement: "marts/build_stock" },
  { table: "mart_basket_line", statement: "marts/build_basket_line" },
  { table: "mart_product_offer", statement: "marts/build_product_offer" },
  { table: "mart_landed_cost", statement: "marts/build_landed_cost" },
  { table: "mart_interaction", statement: "marts/build_interaction" },
  { table: "mart_product_view", statement: "marts/build_product_view" },
  { table: "mart_shipment", statement: "marts/build_shipment" },
  { table: "mart_session", statement: "marts/build_session" },
  { table: "mart_shown_product", statement: "marts/build_shown_product" },
  { table: "mart_experiment_visitor", statement: "marts/build_experiment_visitor" },
  { table: "mart_experiment_candidate", statement: "marts/build_experiment_candidate" },
  { table: "mart_product_click", statement: "marts/build_product_click" },
  { table: "mart_freshness", statement: "marts/build_freshness" },
  { table: "mart_fx_gap", statement: "marts/build_fx_gap" },
] as const;

/** Dimensions that readers of the marts need for names, minor units and calendars. */
const SERVED_DIMENSIONS = ["dim_store", "dim_market", "dim_currency", "dim_calendar", "dim_holiday"] as const;

/** Only models and other marts read these, in the warehouse: one row an order line is much to carry every night. */
const UNSERVED_MARTS: readonly string[] = ["mart_basket_line", "mart_interaction", "mart_shown_product"];

/** What a release carries: marts and the dimensions beside them. */
export const SERVED_TABLES: readonly string[] = [
  ...MARTS.map((mart) => mart.table).filter((table) => !UNSERVED_MARTS.includes(table)),
  ...SERVED_DIMENSIONS,
];

/**
 * Rebuilds every mart from the conformed tables as they were known on `asOf`, in one transaction.
 * Returns the number of rows of each.
 */
export async function buildMarts(session: Session, options: { asOf: IsoDate }): Promise<Record<string, number>> {
  return session.transaction(async () => {
    const counts: Record<string, number> = {};
    for (const { table, statement } of MARTS) {
      const sql = readSql(statement);
      await session.run(sql, sql.includes("$as_of") ? { as_of: options.asOf } : undefined);
      const [count] = await session.rows<{ rows: number }>(fillIdentifiers(readSql("marts/count_rows"), { table }));
      counts[table] = count?.rows ?? 0;
    }
    await session.run(readSql("marts/create_fx_factor"));
    return counts;
  });
}
