import type { IsoDate } from "../../core/dates.ts";
import type { Session } from "../database.ts";
import { readSql } from "../read-sql.ts";

/** Last day with an order in the marts; undefined when they hold none. Other domains may reach further. */
export async function findLastOrderDay(session: Session): Promise<IsoDate | undefined> {
  const [row] = await session.rows<{ last_on: IsoDate | null }>(readSql("marts/find_last_order_day"));
  return row?.last_on ?? undefined;
}
