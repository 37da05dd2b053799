import { fillIdentifiers, readSql } from "../read-sql.ts";
import { MART_TABLES } from "./mart-tables.ts";
import type { MetricSource } from "./metric-source.ts";
import { createReleaseCache } from "./release-cache.ts";
import { readTableProfile } from "./table-profile.ts";
import { unite, type DayWindow } from "./time-grain.ts";

/** Domains in the order in which their days stand for "the data" as a whole. */
const DOMAINS = ["orders", "shipments", "traffic"];
/** Dimensions whose values are listed as stores and markets, or are too many to list. */
const NOT_LISTED = ["store", "market", "product"];

/** What a reader of a release can choose from. */
export interface FilterValues {
  readonly stores: readonly { id: string; name: string; currency: string; domains: readonly string[] }[];
  readonly markets: readonly { id: string; name: string; isoNumeric: string | null }[];
  /** Currencies of the data and all that amounts can be converted to. */
  readonly currencies: readonly string[];
  /** Values of the small dimensions: mode, visitor_kind, … */
  readonly values: Readonly<Record<string, readonly (string | number)[]>>;
  /** Days of the orders; of shipments or traffic where there are no orders. */
  readonly window: DayWindow | null;
  /** Days of each domain that has dated rows. */
  readonly windows: Readonly<Record<string, DayWindow>>;
}

const cache = createReleaseCache<FilterValues>();

export function listFilterValues(source: MetricSource): Promise<FilterValues> {
  return cache.get(source, "filter-values", () => readFilterValues(source));
}

async function readFilterValues(source: MetricSource): Promise<FilterValues> {
  const tables = Object.values(MART_TABLES);
  const profiles = await Promise.all(
    tables.map(async (table) => ({ table, profile: await readTableProfile(source, table) })),
  );
  const windows: Record<string, DayWindow> = {};
  for (const domain of DOMAINS) {
    const window = unite(
      profiles.flatMap(({ table, profile }) => (table.domain === domain ? (profile.window ?? []) : [])),
    );
    if (window !== undefined) windows[domain] = window;
  }
  const stores = await source.rows<{ store_id: string; name: string; currency: string }>(
    readSql("metrics/list_stores"),
  );
  const markets = await source.rows<{ market_id: string; name: string; iso_numeric: string | null }>(
    readSql("metrics/list_markets"),
  );
  const rated = await source.rows<{ currency: string }>(readSql("metrics/list_fx_currencies"));
  const held = profiles.flatMap(({ profile }) => profile.currencies);
  return {
    stores: stores.map((store) => ({
      id: store.store_id,
      name: store.name,
      currency: store.currency,
      domains: DOMAINS.filter((domain) =>
        profiles.some(({ table, profile }) => table.domain === domain && profile.stores.includes(store.store_id)),
      ),
    })),
    markets: markets.map((row) => ({ id: row.market_id, name: row.name, isoNumeric: row.iso_numeric })),
    currencies: [...new Set([...held, ...rated.map((row) => row.currency)])].sort(),
    values: await readDimensionValues(source),
    window: DOMAINS.flatMap((domain) => windows[domain] ?? [])[0] ?? null,
    windows,
  };
}

async function readDimensionValues(source: MetricSource): Promise<Record<string, (string | number)[]>> {
  const values: Record<string, (string | number)[]> = {};
  for (const table of Object.values(MART_TABLES)) {
    for (const [name, { column, lookup }] of Object.entries(table.dimensions)) {
      if (NOT_LISTED.includes(name)) continue;
      const sql = fillIdentifiers(readSql("metrics/list_dimension_values"), {
        table: lookup?.table ?? table.name,
        column,
      });
      values[name] = (await source.rows<{ value: string | number }>(sql)).map((row) => row.value);
    }
  }
  return values;
}
