import { requireAtLeast } from "../require-numbers.ts";

export interface OrderQuantity {
  /** Units an order. */
  readonly quantity: number;
  /** Cost of ordering and holding per unit of time. */
  readonly cost: number;
}

/**
 * The order size that balances a fixed cost an order against holding: Q = √(2KD/h), cost √(2KDh).
 * Input: K an order, h a unit and unit of time, D units per unit of time. O(1). Source: Harris (1913).
 */
export function economicOrderQuantity(orderCost: number, holdingCost: number, demandRate: number): OrderQuantity {
  requireAtLeast(orderCost, 0, "orderCost");
  requireAtLeast(holdingCost, Number.MIN_VALUE, "holdingCost");
  requireAtLeast(demandRate, 0, "demandRate");
  return {
    quantity: Math.sqrt((2 * orderCost * demandRate) / holdingCost),
    cost: Math.sqrt(2 * orderCost * demandRate * holdingCost),
  };
}
