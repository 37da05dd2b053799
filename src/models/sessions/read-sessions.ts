import type { Session } from "../../warehouse/database.ts";
import { readSql } from "../../warehouse/read-sql.ts";
import { collectSessions } from "./collect-sessions.ts";

/** Product events that sessions are read from, the newest; bounds memory and the time to open a release. */
export const MOST_VIEWS = 200_000;
/** Days that the table of product events spans, up to the day of the run. */
export const VIEW_DAYS = 90;

/** Reads the newest sessions of all stores, oldest first; items are numbered as they come. */
export async function readSessions(session: Session): Promise<{ sessions: number[][]; itemCount: number }> {
  const views = await session.columns(readSql("models/recommendation/list_views"), { most: MOST_VIEWS });
  // The text columns read here are never NULL.
  const text = (name: string) => views.text(name) as readonly string[];
  const [store, product] = [text("store_id"), text("product_id")];
  const numbers = new Map<string, number>();
  const itemOf = product.map((id, row) => {
    const key = `${store[row] as string}\n${id}`;
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  });
  return { sessions: collectSessions({ store, session: text("session_id") }, itemOf), itemCount: numbers.size };
}
