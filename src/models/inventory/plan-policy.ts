import { planStock, type StockPlan } from "../../algorithms/inventory/plan-stock.ts";
import { economicOrderQuantity } from "../../algorithms/inventory/economic-order-quantity.ts";
import { PLAIN_RULE } from "../../algorithms/inventory/stock-level.ts";
import { walkStockRules } from "../../algorithms/inventory/walk-stock-rules.ts";
import type { PolicyDemand, StockCosts } from "./assess-policy.ts";
import { planProduct } from "./plan-product.ts";
import { expectAhead, STEP_DAYS } from "./product-demand.ts";
import { FEEDBACK_REVIEWS, type StockPlanner } from "./stock-planner.ts";
import { toStockTerms, type ReplenishmentTerms } from "./stock-request.ts";

/** Whose stock is planned: a product of the release, or demand that the caller brings. */
export type PolicySubject =
  | { readonly store: string | undefined; readonly product: string; readonly market: string }
  | { readonly demand: Float64Array; readonly stepDays: number };

export interface PlannedPolicy {
  readonly demand: PolicyDemand;
  readonly plan: StockPlan;
  /** What the rule of levels was calibrated on; none where the history is too short to judge. */
  readonly calibratedOn: "assortment" | "series" | "none";
}

/** Steps of brought demand whose mean is what is expected next. */
const RECENT_STEPS = 13;

/** Levels for one subject and the demand they were made from; with costs, lots are economic ones. Errors as `StockPlanner.findProduct`. */
export async function planPolicy(
  planner: StockPlanner,
  subject: PolicySubject,
  terms: ReplenishmentTerms,
  costs: StockCosts | undefined,
): Promise<PlannedPolicy> {
  if ("product" in subject) {
    const store = planner.findStore(subject.store);
    const found = planner.findProduct(store, subject.product, subject.market);
    const rules = await planner.listRules(store, subject.market, terms);
    return {
      demand: {
        history: found.history,
        expected: found.expected,
        stepDays: STEP_DAYS,
        expect: planner.expect,
        listRules: (reviews) => planner.listRules(store, subject.market, terms, reviews),
      },
      plan: planProduct(found, terms, rules, lotFor(found.expected, STEP_DAYS, costs)),
      calibratedOn: "assortment",
    };
  }
  const { demand: history, stepDays } = subject;
  const expect = (known: Float64Array): number => {
    const recent = known.subarray(-RECENT_STEPS);
    return recent.reduce((sum, units) => sum + units, 0) / Math.max(1, recent.length);
  };
  const expected = new Float64Array(RECENT_STEPS).fill(expect(history));
  const stock = toStockTerms(terms, stepDays);
  const listRules = async (reviews: number) => walkStockRules([history], expect, stock, reviews);
  const rule = (await listRules(FEEDBACK_REVIEWS)).at(-1)?.rule;
  return {
    demand: { history, expected, stepDays, expect, listRules },
    plan: planStock(history, expect(history), rule ?? PLAIN_RULE, stock, lotFor(expected, stepDays, costs)),
    calibratedOn: rule === undefined ? "none" : "series",
  };
}

/** The economic order quantity, where costs are known. */
function lotFor(expected: Float64Array, stepDays: number, costs: StockCosts | undefined): number {
  if (costs === undefined) return 0;
  const perDay = expectAhead({ expected }) / stepDays;
  return economicOrderQuantity(costs.orderCost, costs.holdingCost, perDay).quantity;
}
