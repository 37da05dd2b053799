import type { IsoDate } from "../../core/dates.ts";
import type { Forecaster } from "../../models/demand/load-forecaster.ts";
import type { StockPlanner } from "../../models/inventory/stock-planner.ts";
import type { Pricer } from "../../models/pricing/load-pricer.ts";
import type { Recommender } from "../../models/recommendation/load-recommender.ts";
import type { OpenRelease } from "../../warehouse/release-reader.ts";

/** Everything one answer reads, all of it from one release: tables and model outputs never mix two nights. */
export interface ServedRelease {
  readonly id: string;
  /** Last day of its data. */
  readonly asOf: IsoDate;
  readonly createdAt: string;
  readonly tables: OpenRelease;
  readonly recommender: Recommender;
  readonly forecaster: Forecaster;
  readonly stockPlanner: StockPlanner;
  readonly pricer: Pricer;
}
