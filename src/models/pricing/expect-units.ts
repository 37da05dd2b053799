import { expectAhead, STEP_DAYS } from "../inventory/product-demand.ts";
import type { StockPlanner } from "../inventory/stock-planner.ts";

/** A product as a question about its price names it. */
export interface PriceSubject {
  /** Missing: the store with most series. */
  readonly store?: string;
  readonly product: string;
  /** Whose demand; all markets if missing. */
  readonly market?: string;
  readonly horizonDays: number;
}

export interface ExpectedUnits {
  readonly store: string;
  readonly product: string;
  /** Over the horizon, at the newest price. */
  readonly expectedUnits: number;
}

/** Whose price it is, and the units expected over the horizon. Errors as `StockPlanner.findProduct`. */
export function expectUnits(
  planner: StockPlanner,
  { store: named, product, market = "", horizonDays }: PriceSubject,
): ExpectedUnits {
  const store = planner.findStore(named);
  const found = planner.findProduct(store, product, market);
  return { store, product, expectedUnits: (expectAhead(found, horizonDays) * horizonDays) / STEP_DAYS };
}
