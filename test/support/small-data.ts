import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { packageRoot } from "../../src/core/paths.ts";
import { openDatabase } from "../../src/warehouse/database.ts";

const BUNDLED = join(packageRoot(), "data");

/** Every how many-th invoice is taken. */
const ONE_INVOICE_OF = 40;

const EXPORT = (years: string, csv: string): string => `
  COPY (
    SELECT *
    FROM read_parquet('${join(BUNDLED, "orders", `online_retail_${years}.parquet`)}')
    WHERE hash(invoice_no) % ${ONE_INVOICE_OF} = 0
    ORDER BY ALL
  ) TO '${csv}' (HEADER)`;

export interface SmallData {
  /** A data folder like the bundled one: the first year of orders, and the exchange rates of both years. */
  readonly dataDir: string;
  /** The second year, for the inbox. */
  readonly secondYear: string;
}

/** Writes a fortieth of the bundled orders, and the rates they need, into `folder`. A night over it takes seconds. */
export async function createSmallData(folder: string): Promise<SmallData> {
  const dataDir = join(folder, "data");
  mkdirSync(dataDir, { recursive: true });
  cpSync(join(BUNDLED, "reference"), join(dataDir, "reference"), { recursive: true });

  const secondYear = join(folder, "second-year.csv");
  const database = await openDatabase(":memory:", { memory: "500MB", threads: 2, tempDir: join(folder, "tmp") });
  const session = await database.session();
  await session.run(EXPORT("2009_2010", join(dataDir, "orders.csv")));
  await session.run(EXPORT("2010_2011", secondYear));
  session.close();
  database.close();

  const [header = "", ...rates] = gunzipSync(readFileSync(join(BUNDLED, "fx", "eurofxref-hist.csv.gz")))
    .toString()
    .split("\n");
  const ofBothYears = rates.filter((line) => line >= "2009-11-15" && line < "2011-12-31");
  writeFileSync(join(dataDir, "rates.csv"), [header, ...ofBothYears, ""].join("\n"));
  writeFileSync(
    join(dataDir, "bundle.yaml"),
    "- { dataset: fx-rates, source: ecb-fx, file: rates.csv }\n" +
      "- { dataset: order-lines, source: online-retail, file: orders.csv }\n",
  );
  return { dataDir, secondYear };
}
