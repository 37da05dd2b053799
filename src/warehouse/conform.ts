import type { Session } from "./database.ts";
import { readSql } from "./read-sql.ts";

export interface ConformedCounts {
  readonly orders: number;
  readonly products: number;
  readonly customers: number;
}

/** Each reads what the ones before it wrote. */
const STATEMENTS = [
  "conform/clear_orders",
  "conform/insert_orders",
  "conform/clear_products",
  "conform/insert_products",
  "conform/clear_customers",
  "conform/insert_customers",
  "conform/clear_derived_carriers",
  "conform/insert_carriers",
  "conform/clear_lanes",
  "conform/insert_lanes",
  "conform/clear_derived_stores",
  "conform/insert_stores",
] as const;

/**
 * Rebuilds orders and dimensions from the facts, in one transaction.
 * The same facts give the same tables, in whatever order they were ingested. A few seconds for a million lines.
 */
export async function conform(session: Session): Promise<ConformedCounts> {
  return session.transaction(async () => {
    for (const statement of STATEMENTS) await session.run(readSql(statement));
    const [counts] = await session.rows<ConformedCounts>(readSql("conform/count_conformed"));
    return counts as ConformedCounts;
  });
}
