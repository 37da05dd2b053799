import type { IsoDate } from "../../core/dates.ts";
import { readSql } from "../read-sql.ts";
import type { MetricSource } from "./metric-source.ts";

/** How much of a table is loaded and which days it spans; no days where its rows carry none. */
export interface Freshness {
  readonly domain: string;
  readonly table: string;
  readonly rows: number;
  readonly firstOn: IsoDate | null;
  readonly lastOn: IsoDate | null;
}

/** Freshness of the tables of the given domains, of all without. Pages say "no data yet" from it. */
export async function readFreshness(source: MetricSource, domains?: readonly string[]): Promise<Freshness[]> {
  const rows = await source.rows<{
    domain: string;
    table_name: string;
    rows: number;
    first_on: IsoDate | null;
    last_on: IsoDate | null;
  }>(readSql("metrics/list_freshness"));
  return rows
    .filter((row) => domains === undefined || domains.includes(row.domain))
    .map((row) => ({
      domain: row.domain,
      table: row.table_name,
      rows: row.rows,
      firstOn: row.first_on,
      lastOn: row.last_on,
    }));
}
