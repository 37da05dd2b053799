import { minorDigits } from "../../core/money.ts";
import type { Session } from "../../warehouse/database.ts";
import { readIngestSql } from "../read-sql.ts";
import { readCountryLabels, readCurrencyCodes } from "../declare/value-maps.ts";

/** Loads country labels and currencies into the temporary tables that generated SQL joins with, once a session. */
export async function loadLookups(session: Session): Promise<void> {
  const [known] = await session.rows<{ n: number }>(readIngestSql("count_lookups"));
  if (known?.n === 2) return;
  const countries = [...readCountryLabels()].map(([label, market_id]) => ({ label, market_id }));
  const currencies = readCurrencyCodes().map((code) => ({ code, factor: 10 ** minorDigits(code) }));
  await session.run("CREATE OR REPLACE TEMP TABLE ingest_market (label VARCHAR, market_id VARCHAR)");
  await session.run("CREATE OR REPLACE TEMP TABLE ingest_currency (code VARCHAR, factor DECIMAL(4, 0))");
  await insertJson(session, "ingest_market", '[{"label": "VARCHAR", "market_id": "VARCHAR"}]', countries);
  await insertJson(session, "ingest_currency", '[{"code": "VARCHAR", "factor": "DECIMAL(4, 0)"}]', currencies);
}

async function insertJson(session: Session, table: string, shape: string, rows: readonly object[]): Promise<void> {
  await session.run(`INSERT INTO ${table} SELECT unnest(from_json($rows, '${shape}'), recursive := true)`, {
    rows: JSON.stringify(rows),
  });
}
