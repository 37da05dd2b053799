import type { IsoDate } from "../../core/dates.ts";
import type { Session } from "../database.ts";
import { readSql } from "../read-sql.ts";

/** Last day on which any fact but an exchange rate was recorded; undefined in an empty warehouse. */
export async function findLastDay(session: Session): Promise<IsoDate | undefined> {
  const [row] = await session.rows<{ last_on: IsoDate | null }>(readSql("marts/find_last_day"));
  return row?.last_on ?? undefined;
}
