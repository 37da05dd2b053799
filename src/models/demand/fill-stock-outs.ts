import type { IsoDate } from "../../core/dates.ts";
import type { Session } from "../../warehouse/database.ts";
import { readSql } from "../../warehouse/read-sql.ts";
import type { DemandSeries } from "./demand-series.ts";
import { fillWeeks } from "./fill-weeks.ts";

/**
 * Weekly series of products in which weeks with days without stock are no weeks of little demand: what was sold on the days in stock stands
 * for the whole week, and a week with fewer than two of them is missing: the level before it is put in its place. `observed` keeps
 * what was sold, `daysOut` which weeks these are. Series that were always in stock come back as they are.
 */
export async function fillStockOuts(
  weeks: readonly DemandSeries[],
  session: Session,
  asOf: IsoDate,
): Promise<DemandSeries[]> {
  const table = await session.columns(readSql("models/demand/list_stock_outs"), { as_of: asOf });
  const names = ["store_id", "product_id", "market_id"].map((name) => table.text(name));
  const [weeksAgo, counts] = [table.int32("weeks_ago"), table.int32("days_out")];
  const bySeries = new Map<string, [number, number][]>();
  for (let row = 0; row < table.rowCount; row++) {
    const key = JSON.stringify(names.map((texts) => texts[row]));
    const found = bySeries.get(key) ?? [];
    found.push([weeksAgo[row] as number, counts[row] as number]);
    bySeries.set(key, found);
  }
  if (bySeries.size === 0) return [...weeks];
  return weeks.map((series) => {
    const found = bySeries.get(JSON.stringify([series.store, series.product, series.market]));
    if (found === undefined) return series;
    const daysOut = new Uint8Array(series.values.length);
    for (const [ago, count] of found) if (ago < daysOut.length) daysOut[daysOut.length - 1 - ago] = count;
    return { ...series, values: fillWeeks(series.values, daysOut), observed: series.values, daysOut };
  });
}
