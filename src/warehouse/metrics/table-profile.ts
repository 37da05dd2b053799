import type { IsoDate } from "../../core/dates.ts";
import { fillIdentifiers, readSql } from "../read-sql.ts";
import type { MartTable } from "./mart-tables.ts";
import type { MetricSource } from "./metric-source.ts";
import { createReleaseCache } from "./release-cache.ts";
import { unite, type DayWindow } from "./time-grain.ts";

interface ProfileRow {
  readonly store_id: string;
  readonly currency: string | null;
  readonly first_on: IsoDate | null;
  readonly last_on: IsoDate | null;
  readonly row_count: number;
  readonly undated_count: number;
}

/** What the chosen stores have in a table. */
export interface TableProfile {
  readonly stores: readonly string[];
  readonly currencies: readonly string[];
  /** From the first to the last dated row; undefined when no row has a date. */
  readonly window?: DayWindow;
  readonly rowCount: number;
  readonly undatedCount: number;
}

const cache = createReleaseCache<ProfileRow[]>();

/** Profile of a table, of all stores or of the given ones. */
export async function readTableProfile(
  source: MetricSource,
  table: MartTable,
  stores?: readonly string[],
): Promise<TableProfile> {
  const rows = (await readRows(source, table)).filter((row) => stores === undefined || stores.includes(row.store_id));
  const window = unite(
    rows.flatMap((row) =>
      row.first_on === null || row.last_on === null ? [] : { from: row.first_on, to: row.last_on },
    ),
  );
  return {
    stores: [...new Set(rows.map((row) => row.store_id))],
    currencies: [...new Set(rows.flatMap((row) => row.currency ?? []))].sort(),
    rowCount: rows.reduce((sum, row) => sum + row.row_count, 0),
    undatedCount: rows.reduce((sum, row) => sum + row.undated_count, 0),
    ...(window === undefined ? {} : { window }),
  };
}

function readRows(source: MetricSource, table: MartTable): Promise<ProfileRow[]> {
  const name = table.currency === undefined ? "profile_table_without_currency" : "profile_table";
  const identifiers = { table: table.name, day: table.day, currency: table.currency ?? "" };
  return cache.get(source, table.name, () =>
    source.rows<ProfileRow>(fillIdentifiers(readSql(`metrics/${name}`), identifiers)),
  );
}
