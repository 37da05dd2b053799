import type { Session } from "../../warehouse/database.ts";
import { readCountryLabels } from "../declare/value-maps.ts";

/** Loads the country map into the temporary table that generated SQL joins with. */
export async function loadCountryLabels(session: Session): Promise<void> {
  const labels = [...readCountryLabels()].map(([label, market_id]) => ({ label, market_id }));
  await session.run("CREATE OR REPLACE TEMP TABLE ingest_market (label VARCHAR, market_id VARCHAR)");
  await session.run(
    `INSERT INTO ingest_market SELECT unnest(from_json($labels, '[{"label": "VARCHAR", "market_id": "VARCHAR"}]'), recursive := true)`,
    { labels: JSON.stringify(labels) },
  );
}
