import { fail } from "../../core/errors.ts";
import { demandAt, type DemandCurve } from "./optimize-price.ts";

/** What one supplier can bring. */
export interface SupplyOffer {
  /** Of a unit, landed. */
  readonly unitCost: number;
  readonly unitsPerDay: number;
  /** From an order of today to its receipt; after that units come every day. */
  readonly leadTimeDays: number;
}

/** Units that can be had at a cost or below it. */
export interface SupplyStep {
  readonly cost: number;
  readonly units: number;
}

/**
 * Supply over a horizon as a stair of costs: what each supplier can bring between its lead time and the horizon, cheapest
 * first. Who cannot bring anything in time is left out. O(n log n).
 */
export function drawSupply(offers: readonly SupplyOffer[], horizonDays: number): SupplyStep[] {
  let units = 0;
  return offers
    .map(({ unitCost, unitsPerDay, leadTimeDays }) => ({
      cost: unitCost,
      brought: unitsPerDay * Math.max(0, horizonDays - leadTimeDays),
    }))
    .filter(({ brought }) => brought > 0)
    .sort((a, b) => a.cost - b.cost)
    .map(({ cost, brought }) => ({ cost, units: (units += brought) }));
}

/**
 * The price at which demand of constant elasticity meets such a supply: the cost of the dearest supplier who is still needed,
 * or where those below him sell all they can bring before his cost is reached. O(steps).
 * Errors: nothing arrives within the horizon, or demand that does not fall with price and is more than all can bring.
 */
export function clearingPrice(demand: DemandCurve, supply: readonly SupplyStep[]): number {
  let before = 0;
  for (const { cost, units } of supply) {
    const asked = demandAt(demand, cost);
    if (asked <= before) return priceFor(demand, before);
    if (asked <= units) return cost;
    before = units;
  }
  if (before > 0 && demand.elasticity < 0) return priceFor(demand, before);
  throw fail(
    "ALGORITHM_INPUT_INVALID",
    before > 0
      ? "Demand does not fall with price and exceeds what all suppliers can bring; no price makes both equal."
      : "No supplier can bring anything within the horizon; lengthen it or shorten a lead time.",
  );
}

/** Where demand is just so many units. */
function priceFor({ price, units, elasticity }: DemandCurve, wanted: number): number {
  return price * (wanted / units) ** (1 / elasticity);
}
