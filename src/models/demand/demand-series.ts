import type { IsoDate } from "../../core/dates.ts";
import type { Session } from "../../warehouse/database.ts";
import { readSql } from "../../warehouse/read-sql.ts";

export type StepUnit = "day" | "week";

/** Demand of a store: of a product, a category or all of it (""), in a market or in all (""), per step, zeros filled in. */
export interface DemandSeries {
  readonly store: string;
  readonly product: string;
  /** That of the product, "" where it has none; without a product the category that is added up. */
  readonly category: string;
  readonly market: string;
  readonly unit: StepUnit;
  /** From the first step with demand to the one that ends on the last day of data. */
  readonly values: Float64Array;
  /** Where steps with days without stock have been filled in: what was sold, and the number of such days of each step. */
  readonly observed?: Float64Array;
  readonly daysOut?: Uint8Array;
  /** Why the series is kept apart: days of it are not believed, and left out of all values. */
  readonly suspicion?: string;
}

/** How far up a series adds up. */
export const SERIES_LEVELS = ["productMarket", "product", "category", "market", "total"] as const;
export type SeriesLevel = (typeof SERIES_LEVELS)[number];

export function levelOf({ product, category, market }: DemandSeries): SeriesLevel {
  if (product !== "") return market === "" ? "product" : "productMarket";
  return category !== "" ? "category" : market === "" ? "total" : "market";
}

/** Reads the series of one unit up to `asOf`: weeks of everything, or days of markets and stores. O(rows) time. */
export async function readDemandSeries(session: Session, asOf: IsoDate, unit: StepUnit): Promise<DemandSeries[]> {
  await session.run(readSql("models/demand/create_demand_day"), { as_of: asOf });
  const table = await session.columns(readSql(`models/demand/list_${unit}_demand`));
  const keys = ["store_id", "product_id", "category", "market_id"].map((name) => table.text(name));
  const stepsAgo = table.int32("steps_ago");
  const units = table.float64("units");
  const series: DemandSeries[] = [];
  for (let from = 0, to = 0; from < table.rowCount; from = to) {
    while (to < table.rowCount && keys.every((texts) => texts[from] === texts[to])) to++;
    // Rows of a series come newest first.
    const length = (stepsAgo[to - 1] as number) + 1;
    const values = new Float64Array(length);
    for (let row = from; row < to; row++) values[length - 1 - (stepsAgo[row] as number)] = units[row] as number;
    // None of these columns is NULL.
    const [store, product, category, market] = keys.map((texts) => texts[from] as string) as [
      string,
      string,
      string,
      string,
    ];
    series.push({ store, product, category, market, unit, values });
  }
  return series;
}

/** The series as it was known `steps` steps before its end; empty when it had not begun. A view, no copy. */
export function truncateSeries(series: DemandSeries, steps: number): DemandSeries {
  return { ...series, values: series.values.subarray(0, Math.max(0, series.values.length - steps)) };
}

/** Whether anything was demanded in the newest `steps` steps. */
export function isAlive(series: DemandSeries, steps: number): boolean {
  return series.values.subarray(Math.max(0, series.values.length - steps)).some((value) => value > 0);
}
