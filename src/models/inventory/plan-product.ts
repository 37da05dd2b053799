import { planStock, type StockPlan } from "../../algorithms/inventory/plan-stock.ts";
import { PLAIN_RULE, sumDemand } from "../../algorithms/inventory/stock-level.ts";
import type { LeadTimeDemand } from "../../algorithms/inventory/lead-time-demand.ts";
import { assessStockout, type StockoutRisk } from "../../algorithms/inventory/stockout-risk.ts";
import type { ReviewRule } from "../../algorithms/inventory/walk-stock-rules.ts";
import { expectAhead, type ProductDemand, STEP_DAYS } from "./product-demand.ts";
import { toStockTerms, type ReplenishmentTerms } from "./stock-request.ts";

/** Levels of a product by the newest of the rules; `lotSize` as for planStock. */
export function planProduct(
  demand: ProductDemand,
  terms: ReplenishmentTerms,
  rules: readonly ReviewRule[],
  lotSize = 0,
): StockPlan {
  const perStep = expectAhead(demand, terms.leadTimeDays + terms.reviewDays);
  // Without a past to judge by, one yardstick: said in docs/algorithms/inventory.md.
  const rule = rules.at(-1)?.rule ?? PLAIN_RULE;
  return planStock(demand.history, perStep, rule, toStockTerms(terms, STEP_DAYS), lotSize);
}

/** What a product with so many units risks until an order of today arrives; undefined where too little past tells. */
export function assessRisk(
  demand: ProductDemand,
  terms: ReplenishmentTerms,
  wait: LeadTimeDemand | undefined,
  units: number,
): StockoutRisk | undefined {
  if (wait === undefined) return undefined;
  return assessStockout(wait, sumDemand(demand.history), expectAhead(demand, terms.leadTimeDays), units);
}
