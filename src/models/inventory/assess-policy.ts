import { sumDemandWindows } from "../../algorithms/inventory/demand-windows.ts";
import { economicOrderQuantity, type OrderQuantity } from "../../algorithms/inventory/economic-order-quantity.ts";
import { newsvendorEmpirical, newsvendorNormal, type NewsvendorOrder } from "../../algorithms/inventory/newsvendor.ts";
import { normalQuantile } from "../../algorithms/normal-distribution.ts";
import { planStock, type StockPlan } from "../../algorithms/inventory/plan-stock.ts";
import {
  simulatePolicy,
  type SimulationFigures,
  type StockPolicy,
} from "../../algorithms/inventory/simulate-policy.ts";
import { PLAIN_RULE, type StockRule } from "../../algorithms/inventory/stock-level.ts";
import { listLeadTimes, type StockTerms } from "../../algorithms/inventory/stock-terms.ts";
import { wagnerWhitin } from "../../algorithms/inventory/wagner-whitin.ts";
import type { ReviewRule } from "../../algorithms/inventory/walk-stock-rules.ts";
import { toStockTerms, type ReplenishmentTerms } from "./stock-request.ts";

/** In any one currency. */
export interface StockCosts {
  readonly orderCost: number;
  /** A unit and day. */
  readonly holdingCost: number;
  /** A unit missed. */
  readonly shortageCost: number;
}

/** Demand to plan for; `expected` may be shorter than what the lead time needs: its mean goes on. */
export interface PolicyDemand {
  readonly history: Float64Array;
  readonly expected: Float64Array;
  readonly stepDays: number;
  /** Expected demand a step, seen from the end of a beginning of the history. */
  readonly expect: (known: Float64Array) => number;
  /** Units of an order, where orders are of fixed lots. */
  readonly lotSize?: number | undefined;
  /** Rules of the newest reviews, each made from what was known then; of the assortment, or of this series alone. */
  readonly listRules: (reviews: number) => Promise<readonly ReviewRule[]>;
}

export interface EconomicFigures {
  readonly orderQuantity: OrderQuantity;
  /** Stock for lead time and review by cost: from the history's own stretches, and were demand normal. */
  readonly newsvendor: NewsvendorOrder;
  readonly newsvendorNormal: NewsvendorOrder;
  /** Lot sizes over the forecast, were it certain. */
  readonly lots: { readonly orders: readonly number[]; readonly cost: number };
}

export interface PolicySimulation {
  readonly steps: number;
  readonly stepDays: number;
  /** Levels by the rule that was in force at each review, made from what was known then. */
  readonly policy: SimulationFigures;
  /** Mean + z·σ of the same past, the textbook rule. */
  readonly textbook: SimulationFigures;
}

/**
 * Replays the newest part of a history under the policy and under the textbook rule; at each review only what lay before it
 * is known. Undefined where the history is too short: it needs twice the lead time and review before, and as much again.
 */
export async function replayPolicy(
  demand: PolicyDemand,
  terms: ReplenishmentTerms,
): Promise<PolicySimulation | undefined> {
  const stock = toStockTerms(terms, demand.stepDays);
  const reviewSteps = Math.max(1, Math.round(stock.reviewSteps));
  const protection = Math.ceil(stock.leadTimeSteps + reviewSteps);
  const from = Math.max(2 * protection, Math.floor(demand.history.length / 2));
  const warmUpSteps = Math.min(protection, demand.history.length);
  if (demand.history.length - from < 2 * protection) return undefined;

  const rules = await demand.listRules(Math.ceil((demand.history.length - from + 1) / reviewSteps));
  const replay = (levelAt: (known: Float64Array) => StockPlan): SimulationFigures => {
    let plan = levelAt(demand.history.subarray(0, from));
    const openingStock = plan.orderUpTo;
    const policyAt = (step: number): StockPolicy => {
      if (step % reviewSteps === 0) plan = levelAt(demand.history.subarray(0, from + step + 1));
      return { reviewSteps, reorderPoint: plan.reorderPoint, orderUpTo: plan.orderUpTo, lotSize: demand.lotSize };
    };
    return simulatePolicy(demand.history.subarray(from), policyAt, {
      ...terms,
      leadTimeSteps: listLeadTimes(stock),
      isLost: false,
      openingStock,
      warmUpSteps,
    });
  };
  return {
    steps: demand.history.length - from - warmUpSteps,
    stepDays: demand.stepDays,
    policy: replay((known) => {
      const rule = ruleInForce(rules, demand.history.length - known.length);
      return planStock(known, demand.expect(known), rule, stock);
    }),
    textbook: replay((known) => planByNormal(known, demand.expect(known), stock)),
  };
}

/** What costs say about the same demand. */
export function weighCosts(demand: PolicyDemand, terms: ReplenishmentTerms, costs: StockCosts): EconomicFigures {
  const stock = toStockTerms(terms, demand.stepDays);
  const protection = stock.leadTimeSteps + stock.reviewSteps;
  const perStep = meanOf(demand.expected);
  const historic = meanOf(demand.history);
  const factor = historic > 0 ? perStep / historic : 0;
  const windows = sumDemandWindows(demand.history, Math.min(protection, demand.history.length));
  const outcomes = windows.map((units) => units * factor);
  const holdingPerCycle = costs.holdingCost * terms.reviewDays;
  const deviation = Math.sqrt(
    outcomes.reduce((sum, units) => sum + (units - meanOf(outcomes)) ** 2, 0) / outcomes.length,
  );
  const lots = wagnerWhitin(demand.expected, costs.orderCost, costs.holdingCost * demand.stepDays);
  return {
    orderQuantity: economicOrderQuantity(costs.orderCost, costs.holdingCost, perStep / demand.stepDays),
    newsvendor: newsvendorEmpirical(holdingPerCycle, costs.shortageCost, outcomes),
    newsvendorNormal: newsvendorNormal(holdingPerCycle, costs.shortageCost, meanOf(outcomes), deviation),
    lots: { orders: [...lots.orders], cost: lots.cost },
  };
}

/** Mean + z·σ over lead time and review, errors of steps taken as independent and normal. */
function planByNormal(known: Float64Array, expectedPerStep: number, terms: StockTerms): StockPlan {
  const mean = meanOf(known);
  const variance = known.reduce((sum, units) => sum + (units - mean) ** 2, 0) / known.length;
  const protection = terms.leadTimeSteps + terms.reviewSteps;
  const spread = Math.sqrt(variance * protection + (expectedPerStep * terms.leadTimeDeviationSteps) ** 2);
  const level = Math.max(0, expectedPerStep * protection + normalQuantile(terms.target.share) * spread);
  return {
    leadTimeDemand: expectedPerStep * terms.leadTimeSteps,
    reorderPoint: level,
    orderUpTo: level,
    safetyStock: level - expectedPerStep * protection,
  };
}

/** The newest rule that had been made; before the first a level is one yardstick above what is expected. */
function ruleInForce(rules: readonly ReviewRule[], stepsAgo: number): StockRule {
  return rules.findLast((made) => made.stepsAgo >= stepsAgo)?.rule ?? PLAIN_RULE;
}

function meanOf(values: Float64Array): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
