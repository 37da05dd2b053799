import type { IsoDate } from "../../core/dates.ts";
import type { Session } from "../../warehouse/database.ts";
import { readSql } from "../../warehouse/read-sql.ts";

export type StepUnit = "day" | "week";

/** Demand of a store, of a product or of all (""), in a market or in all (""), per step, zeros filled in. */
export interface DemandSeries {
  readonly store: string;
  readonly product: string;
  readonly market: string;
  readonly unit: StepUnit;
  /** From the first step with demand to the one that ends on the last day of data. */
  readonly values: Float64Array;
}

/** Reads the series of one unit up to `asOf`: weeks of everything, or days of markets and stores. O(rows) time. */
export async function readDemandSeries(session: Session, asOf: IsoDate, unit: StepUnit): Promise<DemandSeries[]> {
  const table = await session.columns(readSql(`models/demand/list_${unit}_demand`), { as_of: asOf });
  const [stores, products, markets] = [table.text("store_id"), table.text("product_id"), table.text("market_id")];
  const stepsAgo = table.int32("steps_ago");
  const units = table.float64("units");
  const series: DemandSeries[] = [];
  for (let from = 0, to = 0; from < table.rowCount; from = to) {
    while (to < table.rowCount && isSame(stores, from, to) && isSame(products, from, to) && isSame(markets, from, to))
      to++;
    // Rows of a series come newest first.
    const length = (stepsAgo[to - 1] as number) + 1;
    const values = new Float64Array(length);
    for (let row = from; row < to; row++) values[length - 1 - (stepsAgo[row] as number)] = units[row] as number;
    // None of these columns is NULL.
    const key = { store: stores[from] as string, product: products[from] as string, market: markets[from] as string };
    series.push({ ...key, unit, values });
  }
  return series;
}

function isSame(texts: readonly (string | null)[], a: number, b: number): boolean {
  return texts[a] === texts[b];
}

/** The series as it was known `steps` steps before its end; empty when it had not begun. A view, no copy. */
export function truncateSeries(series: DemandSeries, steps: number): DemandSeries {
  return { ...series, values: series.values.subarray(0, Math.max(0, series.values.length - steps)) };
}

/** Whether anything was demanded in the newest `steps` steps. */
export function isAlive(series: DemandSeries, steps: number): boolean {
  return series.values.subarray(Math.max(0, series.values.length - steps)).some((value) => value > 0);
}
