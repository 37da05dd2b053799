import { requireAtLeast } from "../require-numbers.ts";

export interface LotPlan {
  /** Units ordered in each period. */
  readonly orders: Float64Array;
  /** Fixed costs of the orders plus holding of what is carried over period ends. */
  readonly cost: number;
}

/**
 * Lot sizes of least cost for known demand: an order in a period covers whole periods from then on.
 *
 * Input: demand a period in units, fixed cost an order, holding cost a unit carried over one period end.
 * Output: orders and their cost; no stock is left after the last period. O(periods²) time, O(periods) memory.
 * Errors: negative or non-finite demand or cost. Source: Wagner and Whitin, Management Science 5(1), 1958.
 */
export function wagnerWhitin(demand: Float64Array, orderCost: number, holdingCost: number): LotPlan {
  requireAtLeast(orderCost, 0, "orderCost");
  requireAtLeast(holdingCost, 0, "holdingCost");
  demand.forEach((units, period) => requireAtLeast(units, 0, `demand[${period}]`));
  const periods = demand.length;
  // least[t]: cost of all that is needed before period t. coversFrom[t]: where the last order of that plan is placed.
  const least = new Float64Array(periods + 1).fill(Infinity);
  const coversFrom = new Int32Array(periods + 1);
  least[0] = 0;
  for (let from = 0; from < periods; from++) {
    if (demand[from] === 0 && least[from] < least[from + 1]) {
      least[from + 1] = least[from];
      coversFrom[from + 1] = -1;
    }
    let holding = 0;
    for (let until = from + 1; until <= periods; until++) {
      holding += holdingCost * (until - 1 - from) * demand[until - 1];
      const cost = least[from] + orderCost + holding;
      if (cost < least[until]) {
        least[until] = cost;
        coversFrom[until] = from;
      }
    }
  }
  const orders = new Float64Array(periods);
  for (let until = periods; until > 0;) {
    const from = coversFrom[until];
    if (from < 0) {
      until--;
      continue;
    }
    for (let period = from; period < until; period++) orders[from] += demand[period];
    until = from;
  }
  return { orders, cost: least[periods] };
}
