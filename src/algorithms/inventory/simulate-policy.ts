import { roundOrder, type OrderTerms } from "./round-order.ts";
import { requireAtLeast } from "../require-numbers.ts";

/**
 * A periodic review: every R steps, when stock and orders under way are at or below s, order up to S, (R, s, S), or, where a lot
 * is given, as many lots as lift them above s: (r, Q), continuous where each step ends with a review.
 */
export interface StockPolicy {
  readonly reviewSteps: number;
  readonly reorderPoint: number;
  readonly orderUpTo: number;
  readonly lotSize?: number | undefined;
}

export interface SimulationTerms extends OrderTerms {
  /** Whole steps of demand between the end of the step of an order and its receipt; orders take them in turn. */
  readonly leadTimeSteps: ArrayLike<number>;
  /** Units that cannot be served are lost rather than owed. */
  readonly isLost: boolean;
  readonly openingStock: number;
  /** Steps at the begin that run but are not counted, until the opening stock has no say. */
  readonly warmUpSteps: number;
}

export interface SimulationFigures {
  readonly demand: number;
  /** Served from stock on the step it was asked for. */
  readonly served: number;
  /** served / demand; 1 without demand. */
  readonly fillRate: number;
  /** Share of steps with demand on which all of it was served. */
  readonly stepService: number;
  /** Mean units on hand at the end of a step. */
  readonly meanStock: number;
  readonly orders: number;
}

/**
 * Replays demand under a policy, step by step: receipts come in, demand is served, then the policy reviews and orders.
 * Input: demand a step in units; `policyAt` gives the policy in force at the
 * review that ends a step, from what is known then, the demand of that step included.
 * Pure; O(steps + orders). Errors: no lead time, negative terms. A lot must be above 0.
 */
export function simulatePolicy(
  demand: Float64Array,
  policyAt: (step: number) => StockPolicy,
  terms: SimulationTerms,
): SimulationFigures {
  requireAtLeast(terms.leadTimeSteps.length, 1, "leadTimeSteps.length");
  requireAtLeast(terms.openingStock, 0, "openingStock");
  const due = new Float64Array(demand.length + 1);
  let onHand = terms.openingStock;
  let underWay = 0;
  const sums = { demand: 0, served: 0, stock: 0, orders: 0, askedSteps: 0, servedSteps: 0 };
  let placed = 0;
  for (let step = 0; step < demand.length; step++) {
    underWay -= due[step];
    onHand += due[step];
    const served = Math.min(demand[step], Math.max(0, onHand));
    onHand -= terms.isLost ? served : demand[step];

    const policy = policyAt(step);
    let order = 0;
    if (step % policy.reviewSteps === 0 && onHand + underWay <= policy.reorderPoint) {
      order = roundOrder(unitsToOrder(policy, onHand + underWay), terms);
    }
    if (order > 0) {
      const lead = Math.round(terms.leadTimeSteps[placed++ % terms.leadTimeSteps.length]);
      underWay += order;
      if (step + 1 + lead < demand.length) due[step + 1 + lead] += order;
    }
    if (step < terms.warmUpSteps) continue;
    sums.demand += demand[step];
    sums.served += served;
    sums.stock += Math.max(0, onHand);
    if (order > 0) sums.orders++;
    if (demand[step] > 0) sums.askedSteps++;
    if (demand[step] > 0 && served >= demand[step]) sums.servedSteps++;
  }
  const counted = Math.max(1, demand.length - terms.warmUpSteps);
  return {
    demand: sums.demand,
    served: sums.served,
    fillRate: sums.demand === 0 ? 1 : sums.served / sums.demand,
    stepService: sums.askedSteps === 0 ? 1 : sums.servedSteps / sums.askedSteps,
    meanStock: sums.stock / counted,
    orders: sums.orders,
  };
}

function unitsToOrder({ reorderPoint, orderUpTo, lotSize }: StockPolicy, position: number): number {
  if (lotSize === undefined) return orderUpTo - position;
  return lotSize * (Math.floor((reorderPoint - position) / lotSize) + 1);
}
