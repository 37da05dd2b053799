import { allocateStock } from "../../algorithms/inventory/allocate-stock.ts";
import { sumDemandWindows } from "../../algorithms/inventory/demand-windows.ts";
import { expectAhead, STEP_DAYS } from "./product-demand.ts";
import type { StockPlanner } from "./stock-planner.ts";

/** A market that wants units of the product. */
export interface MarketWish {
  readonly market: string;
  /** Contribution margin of a unit after landed cost, in one currency for all. */
  readonly margin: number;
  readonly minimum: number;
}

export interface MarketShare {
  readonly market: string;
  readonly units: number;
  /** Expected demand over the days to cover. */
  readonly expectedDemand: number;
}

/** Shares a product's stock between markets so that the expected margin over `coverDays` is largest. */
export function shareStock(
  planner: StockPlanner,
  wanted: { readonly store: string; readonly product: string; readonly units: number; readonly coverDays: number },
  markets: readonly MarketWish[],
): MarketShare[] {
  const steps = wanted.coverDays / STEP_DAYS;
  const demands = markets.map(({ market, margin, minimum }) => {
    const { history, expected } = planner.findProduct(wanted.store, wanted.product, market);
    const perStep = expectAhead({ expected });
    const historic = history.reduce((sum, units) => sum + units, 0) / Math.max(1, history.length);
    const length = Math.min(steps, history.length);
    const factor = historic > 0 ? (perStep / historic) * (steps / length) : 0;
    const outcomes = sumDemandWindows(history, length).map((units) => units * factor);
    return { outcomes, margin, minimum, expectedDemand: perStep * steps };
  });
  const given = allocateStock(wanted.units, demands);
  return markets.map(({ market }, at) => ({
    market,
    units: given[at] as number,
    expectedDemand: (demands[at] as (typeof demands)[number]).expectedDemand,
  }));
}
