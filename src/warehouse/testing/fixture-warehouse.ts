import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { varPaths, type VarPaths } from "../../core/paths.ts";
import { openDatabase, type Session } from "../database.ts";
import { migrate } from "../migrate.ts";

export interface FixtureWarehouse {
  readonly session: Session;
  readonly paths: VarPaths;
  close(): void;
}

/** An empty migrated warehouse in memory, with a folder of its own for releases. */
export async function openFixtureWarehouse(): Promise<FixtureWarehouse> {
  const root = mkdtempSync(join(tmpdir(), "tradewind-fixture-"));
  const paths = varPaths(root);
  const database = await openDatabase(":memory:", { memory: "500MB", threads: 2, tempDir: paths.temp });
  const session = await database.session();
  await migrate(session);
  return {
    session,
    paths,
    close: () => {
      session.close();
      database.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

type Cell = string | number | boolean | null;

/** Lineage and the columns of little interest to most tests. */
const DEFAULTS: Readonly<Record<string, Readonly<Record<string, Cell>>>> = {
  fct_order_line: {
    store_id: "shop",
    market_id: "GB",
    line_kind: "product",
    movement: "sale",
    quantity: 1,
    unit_price: 1,
    currency: "GBP",
  },
  fct_order_header: { store_id: "shop", currency: "GBP", ordered_at: "2011-01-01 10:00:00", ordered_on: "2011-01-01" },
  fct_sales_reversal: { store_id: "shop", currency: "GBP", kind: "refund", reversed_at: "2011-01-01 10:00:00" },
  fct_shipment: {
    store_id: "shop",
    mode: "Air",
    market_id: "GB",
    weight_basis: "stated",
    freight_basis: "stated",
    currency: "USD",
  },
  fct_session: { store_id: "shop", is_converted: false },
  fct_product_listing: { store_id: "shop" },
  fct_payment: { store_id: "shop", method: "card", status: "approved", currency: "GBP" },
  fct_fx_rate: {},
  dim_store: { name: "Shop", currency: "GBP", time_zone: "UTC" },
};

let rowNo = 0;

/** Inserts one row a record over the table's defaults; lineage is filled in, and equal rows differ in `occurrence`. */
export async function insertRows(
  session: Session,
  table: string,
  records: readonly Readonly<Record<string, Cell>>[],
): Promise<void> {
  for (const record of records) {
    rowNo += 1;
    const lineage = table.startsWith("fct_") ? { content_hash: rowNo, occurrence: 1, file_id: 1, row_no: rowNo } : {};
    const row: Record<string, Cell> = { ...DEFAULTS[table], ...lineage, ...record };
    const columns = Object.keys(row);
    const values = columns.map((column) => toLiteral(row[column] ?? null)).join(", ");
    await session.run(`INSERT INTO ${table} (${columns.join(", ")}) VALUES (${values})`);
  }
}

function toLiteral(cell: Cell): string {
  return typeof cell === "string" ? `'${cell.replaceAll("'", "''")}'` : String(cell);
}

/** An order line in a short form; the amount is quantity × price in hundredths. */
export function orderLine(
  orderId: string,
  day: string,
  productId: string,
  quantity: number,
  price: number,
  others: Readonly<Record<string, Cell>> = {},
): Record<string, Cell> {
  return {
    order_id: orderId,
    ordered_at: `${day} 10:00:00`,
    ordered_on: day,
    product_id: productId,
    quantity,
    unit_price: price,
    amount_minor: Math.round(quantity * price * 100),
    ...others,
  };
}
