import { join } from "node:path";
import { openDatabase } from "../../src/warehouse/database.ts";

/**
 * Writes `rows` order lines in the online retailer's columns as Parquet and CSV. Every value is a hash of the line's number, so
 * that each run measures the same bytes. 20 lines an order, 5,000 articles, a fifth of the orders anonymous.
 */
export async function generateLines(
  folder: string,
  rows: number,
): Promise<{ readonly parquet: string; readonly csv: string }> {
  const database = await openDatabase(":memory:", { memory: "2GB", threads: 2, tempDir: join(folder, "tmp") });
  const session = await database.session();
  await session.run(`CREATE VIEW line AS SELECT
    CAST(100000 + i // 20 AS VARCHAR) AS invoice_no,
    'SKU' || CAST(hash(i) % 5000 AS VARCHAR) AS stock_code,
    'PRODUCT DESCRIPTION NUMBER ' || CAST(hash(i) % 5000 AS VARCHAR) AS description,
    CAST(1 + hash(i * 7) % 12 AS BIGINT) AS quantity,
    TIMESTAMP '2015-01-01' + to_seconds((i // 20) * 120) AS invoice_date,
    CAST(hash(i * 3) % 2000 AS DOUBLE) / 100 AS unit_price,
    CASE WHEN hash(i // 20) % 5 > 0 THEN CAST(10000 + hash(i // 20) % 200000 AS BIGINT) END AS customer_id,
    ['United Kingdom', 'Germany', 'France', 'EIRE', 'Norway'][CAST(1 + hash(i // 20) % 5 AS INTEGER)] AS country
    FROM range(${Math.trunc(rows)}) t(i)`);
  const parquet = join(folder, "lines.parquet");
  const csv = join(folder, "lines.csv");
  await session.run(`COPY line TO '${parquet}' (FORMAT parquet, COMPRESSION zstd)`);
  await session.run(`COPY line TO '${csv}' (FORMAT csv, HEADER)`);
  session.close();
  database.close();
  return { parquet, csv };
}
