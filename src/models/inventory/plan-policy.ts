import { planStock, type StockPlan } from "../../algorithms/inventory/plan-stock.ts";
import { economicOrderQuantity } from "../../algorithms/inventory/economic-order-quantity.ts";
import { roundOrder } from "../../algorithms/inventory/round-order.ts";
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
  /** Units of an order where orders are of fixed lots. */
  readonly lotSize: number | undefined;
  /** What the rule of levels was calibrated on; none where the history is too short to judge. */
  readonly calibratedOn: "assortment" | "series" | "none";
}

/** Steps of brought demand whose mean is what is expected next. */
const RECENT_STEPS = 13;

/** up-to: an order fills up to S, (R, s, S); lots: it is one lot of a fixed size or several, (r, Q). */
export type Ordering = "up-to" | "lots";

export interface PolicyWish {
  readonly terms: ReplenishmentTerms;
  readonly ordering: Ordering;
  readonly costs?: StockCosts | undefined;
}

/**
 * Levels for one subject and the demand they were made from. With costs an order is at least economic; without, a fixed lot is
 * what is expected between two reviews. Errors as `StockPlanner.findProduct`.
 */
export async function planPolicy(
  planner: StockPlanner,
  subject: PolicySubject,
  wish: PolicyWish,
): Promise<PlannedPolicy> {
  const { terms } = wish;
  if ("product" in subject) {
    const store = planner.findStore(subject.store);
    const found = planner.findProduct(store, subject.product, subject.market);
    const rules = await planner.listRules(store, subject.market, terms);
    const lots = chooseLots(found.expected, STEP_DAYS, wish);
    return finish(planProduct(found, terms, rules, lots.least), "assortment", {
      history: found.history,
      expected: found.expected,
      stepDays: STEP_DAYS,
      expect: planner.expect,
      lotSize: lots.fixed,
      listRules: (reviews) => planner.listRules(store, subject.market, terms, reviews),
    });
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
  const lots = chooseLots(expected, stepDays, wish);
  const plan = planStock(history, expect(history), rule ?? PLAIN_RULE, stock, lots.least);
  const demand = { history, expected, stepDays, expect, listRules, lotSize: lots.fixed };
  return finish(plan, rule === undefined ? "none" : "series", demand);
}

/** With fixed lots stock and orders under way come to one lot above the reorder point at most. */
function finish(plan: StockPlan, calibratedOn: PlannedPolicy["calibratedOn"], demand: PolicyDemand): PlannedPolicy {
  const { lotSize } = demand;
  const levels = lotSize === undefined ? plan : { ...plan, orderUpTo: plan.reorderPoint + lotSize };
  return { demand, plan: levels, lotSize, calibratedOn };
}

/** The least an order should be for its costs, 0 without any; and the fixed lot, as suppliers take it. */
function chooseLots(expected: Float64Array, stepDays: number, { terms, ordering, costs }: PolicyWish) {
  const perDay = expectAhead({ expected }) / stepDays;
  const least = costs ? economicOrderQuantity(costs.orderCost, costs.holdingCost, perDay).quantity : 0;
  const wanted = costs ? least : perDay * terms.reviewDays;
  return { least, fixed: ordering === "lots" ? roundOrder(Math.max(1, wanted), terms) : undefined };
}
