import type { IsoDate } from "../../core/dates.ts";
import type { Session } from "../../warehouse/database.ts";
import { readSql } from "../../warehouse/read-sql.ts";
import { type DemandSeries, readDemandSeries } from "./demand-series.ts";

/**
 * The weekly series up to `asOf`, with what is suspected of those that have days which are not believed: no values hold these days.
 * Products that have no other demand come last, as series of zeros.
 */
export async function readWeeks(session: Session, asOf: IsoDate): Promise<DemandSeries[]> {
  const series = await readDemandSeries(session, asOf, "week");
  return markSuspects(series, await readSuspects(session));
}

async function readSuspects(session: Session): Promise<DemandSeries[]> {
  const table = await session.columns(readSql("models/demand/list_unbelieved_demand"));
  const [store, product, category, market, lastOn] = ["store_id", "product_id", "category", "market_id", "last_on"].map(
    (name) => table.text(name),
  ) as [string[], string[], string[], string[], string[]];
  const [days, units, weeks] = [table.int32("days"), table.float64("units"), table.int32("weeks")];
  return Array.from({ length: table.rowCount }, (_, row) => {
    const more = (days[row] as number) > 1 ? ` and ${(days[row] as number) - 1} more` : "";
    return {
      store: store[row] as string,
      product: product[row] as string,
      category: category[row] as string,
      market: market[row] as string,
      unit: "week",
      values: new Float64Array(weeks[row] as number),
      suspicion: `${lastOn[row] as string}${more} left out: ${units[row] as number} units in a day are not believed`,
    };
  });
}

function markSuspects(all: readonly DemandSeries[], suspects: readonly DemandSeries[]): DemandSeries[] {
  if (suspects.length === 0) return [...all];
  const unseen = new Map(suspects.map((suspect) => [keyOf(suspect), suspect]));
  const marked = all.map((series) => {
    const suspect = unseen.get(keyOf(series));
    if (suspect?.suspicion === undefined) return series;
    unseen.delete(keyOf(series));
    return { ...series, suspicion: suspect.suspicion };
  });
  return [...marked, ...unseen.values()];
}

function keyOf({ store, product, market }: DemandSeries): string {
  return JSON.stringify([store, product, market]);
}
