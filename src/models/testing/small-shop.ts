import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addDays } from "../../core/dates.ts";
import { createRng } from "../../core/rng.ts";
import { openDatabase, type Session } from "../../warehouse/database.ts";
import type { ModelContext } from "../model.ts";

export const LAST_DAY = "2024-06-30";

export interface Sale {
  readonly store?: string;
  readonly order: string;
  readonly product: string;
  readonly customer: string | null;
  readonly market: string;
  readonly on: string;
  readonly quantity?: number;
  readonly returned?: number;
}

/** An in-memory warehouse that holds the marts models read, made from a list of sales. */
export async function openShop(sales: readonly Sale[]): Promise<{ session: Session; close: () => void }> {
  const tempDir = mkdtempSync(join(tmpdir(), "tradewind-models-"));
  const database = await openDatabase(":memory:", { memory: "500MB", threads: 1, tempDir });
  const session = await database.session();
  await session.run(`
    CREATE TABLE sale (store_id VARCHAR, order_id VARCHAR, product_id VARCHAR, customer_id VARCHAR, market_id VARCHAR,
      sold_on DATE, quantity BIGINT, returned BIGINT)`);
  for (let from = 0; from < sales.length; from += 500) {
    const rows = sales.slice(from, from + 500).map((sale) => {
      const text = (value: string | null): string => (value === null ? "NULL" : `'${value}'`);
      const texts = [sale.store ?? "shop", sale.order, sale.product, sale.customer, sale.market, sale.on].map(text);
      return `(${texts.join(", ")}, ${sale.quantity ?? 1}, ${sale.returned ?? 0})`;
    });
    await session.run(`INSERT INTO sale VALUES ${rows.join(", ")}`);
  }
  await session.run(`
    CREATE TABLE mart_basket_line AS
    SELECT store_id, order_id, product_id, customer_id, market_id, sold_on AS ordered_on, sum(quantity)::BIGINT AS quantity
    FROM sale WHERE quantity > 0 GROUP BY ALL`);
  await session.run(`
    CREATE TABLE mart_interaction AS
    SELECT DISTINCT store_id, customer_id, product_id, if(quantity > 0, 'purchase', 'return') AS kind, sold_on AS acted_on
    FROM sale WHERE customer_id IS NOT NULL`);
  await session.run(`
    CREATE TABLE mart_product AS
    SELECT store_id, product_id, if(product_id = 'tea', 'Tea', NULL) AS title,
      nullif(rtrim(product_id, '0123456789'), product_id) AS category
    FROM sale GROUP BY ALL`);
  await session.run(`
    CREATE TABLE mart_product_day AS
    SELECT store_id, product_id, market_id, sold_on, 'GBP' AS currency, sum(quantity)::BIGINT AS unit_count,
      sum(returned)::BIGINT AS returned_units
    FROM sale GROUP BY ALL`);
  await session.run(`
    CREATE TABLE fct_inventory_snapshot (store_id VARCHAR, product_id VARCHAR, hub_id VARCHAR, market_id VARCHAR,
      snapshot_on DATE, on_hand BIGINT)`);
  return {
    session,
    close: () => {
      session.close();
      database.close();
    },
  };
}

/**
 * A shop in which who buys from one of two ranges (a*, b*) goes on buying from it: 80 customers in two markets, an order
 * every two weeks of two items, for `days` days up to LAST_DAY. Weekdays differ, Sundays are closed.
 */
export function makeSales(days: number): Sale[] {
  const rng = createRng(5);
  const sales: Sale[] = [];
  for (let ago = days - 1; ago >= 0; ago--) {
    const on = addDays(LAST_DAY, -ago);
    // LAST_DAY is a Sunday.
    if (ago % 7 === 0) continue;
    for (let customer = 0; customer < 80; customer++) {
      if (rng.nextInt(14) > (ago % 7 === 1 ? 3 : 0)) continue;
      const range = customer % 2 === 0 ? "a" : "b";
      const first = rng.nextInt(15);
      for (const item of [first, (first + 1 + rng.nextInt(3)) % 15]) {
        const order = `${on}-${customer}`;
        sales.push({
          order,
          product: `${range}${item}`,
          customer: `c${customer}`,
          market: customer < 60 ? "GB" : "FR",
          on,
        });
      }
    }
  }
  return sales;
}

export function contextFor(session: Session, change: Partial<ModelContext> = {}): ModelContext {
  const stop = { shouldStop: () => false };
  return { session, asOf: LAST_DAY, seed: 3, stop, onProgress: () => {}, ...change };
}
