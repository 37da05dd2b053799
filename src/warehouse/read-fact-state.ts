import type { Session } from "./database.ts";
import { readSql } from "./read-sql.ts";

/** Text that is the same as long as no ingest and no replay changed the facts. Cheap: reads the ingest ledger only. */
export async function readFactState(session: Session): Promise<string> {
  const [state] = await session.rows(readSql("ops/read_fact_state"));
  return JSON.stringify(state);
}
