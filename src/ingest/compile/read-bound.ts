import { addDays, type IsoDate } from "../../core/dates.ts";
import { literal } from "./sql-text.ts";

/** A contract's bound as SQL and as text: `2100-12-31`, `today`, `today+2` or a number. */
export function readBound(bound: string | number, today: IsoDate): { readonly sql: string; readonly text: string } {
  if (typeof bound === "number") return { sql: String(bound), text: String(bound) };
  const ahead = /^today(?:\+(\d+))?$/.exec(bound);
  const day = ahead === null ? bound : addDays(today, Number(ahead[1] ?? 0));
  return { sql: `DATE ${literal(day)}`, text: day };
}
