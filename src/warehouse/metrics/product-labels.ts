import { readSql } from "../read-sql.ts";
import type { MetricSource } from "./metric-source.ts";
import type { MetricCell, MetricColumn } from "./metric-result.ts";

/** Fills the `product__label` column with titles, where there is one. `onlyStore` is meant where no column names the store. */
export async function fillProductLabels(
  source: MetricSource,
  columns: readonly MetricColumn[],
  rows: readonly MetricCell[][],
  onlyStore: string | undefined,
): Promise<void> {
  const label = columns.findIndex((column) => column.name === "product__label");
  if (label < 0 || rows.length === 0) return;
  const product = columns.findIndex((column) => column.name === "product");
  const store = columns.findIndex((column) => column.name === "store");
  const products = [...new Set(rows.map((row) => row[product]))];
  const titles = await source.rows<{ store_id: string; product_id: string; title: string | null }>(
    readSql("metrics/list_product_titles"),
    { products: JSON.stringify(products) },
  );
  const byProduct = new Map(titles.map((row) => [JSON.stringify([row.store_id, row.product_id]), row.title]));
  for (const row of rows) {
    row[label] = byProduct.get(JSON.stringify([store < 0 ? onlyStore : row[store], row[product]])) ?? null;
  }
}
