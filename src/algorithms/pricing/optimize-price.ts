import { fail } from "../../core/errors.ts";
import { requireAtLeast } from "../require-numbers.ts";

/** Demand of constant elasticity through a known point. */
export interface DemandCurve {
  readonly price: number;
  /** Units at that price, over the time asked about. */
  readonly units: number;
  readonly elasticity: number;
}

export interface PriceTerms {
  /** Of a unit, landed: goods, freight, duty, fees. */
  readonly unitCost: number;
  readonly minPrice: number;
  readonly maxPrice: number;
  /** Units there are; Infinity for no limit. */
  readonly stock: number;
}

export interface PriceChoice {
  readonly price: number;
  readonly units: number;
  readonly margin: number;
  /** What holds the price where it is. */
  readonly bound: "none" | "min-price" | "max-price" | "stock";
}

/** Units asked for at a price. */
export function demandAt({ price, units, elasticity }: DemandCurve, at: number): number {
  return units * (at / price) ** elasticity;
}

/**
 * The price of greatest margin (p − c)·min(D(p), stock) within bounds. Without limits p = c·ε/(1 + ε) for ε < −1; demand that
 * answers less than that to price has no finite optimum, and the upper bound decides. Where stock runs out first, the price
 * rises to where demand meets it. O(1). Errors: bounds that leave no price, a positive elasticity (no demand curve).
 */
export function optimizePrice(curve: DemandCurve, terms: PriceTerms): PriceChoice {
  const { unitCost, minPrice, maxPrice, stock } = terms;
  requireAtLeast(curve.price, Number.MIN_VALUE, "price");
  requireAtLeast(curve.units, 0, "units");
  requireAtLeast(unitCost, 0, "unitCost");
  if (!(minPrice > 0 && minPrice <= maxPrice)) {
    throw fail("ALGORITHM_INPUT_INVALID", `No price lies between ${minPrice} and ${maxPrice}; widen the bounds.`);
  }
  if (!(curve.elasticity <= 0)) {
    const message = `Demand rises with price (elasticity ${curve.elasticity}): no price follows from that.`;
    throw fail("ALGORITHM_INPUT_INVALID", message);
  }
  const { elasticity } = curve;
  const free = elasticity < -1 ? Math.max((unitCost * elasticity) / (1 + elasticity), 0) : Infinity;
  const clearing = elasticity === 0 || curve.units === 0 ? 0 : curve.price * (stock / curve.units) ** (1 / elasticity);
  const wanted = Math.max(free, clearing);
  const price = Math.min(maxPrice, Math.max(minPrice, wanted));
  const units = Math.min(stock, demandAt(curve, price));
  const bound = price < wanted ? "max-price" : price > wanted ? "min-price" : clearing > free ? "stock" : "none";
  return { price, units, margin: (price - unitCost) * units, bound };
}

/**
 * The price at which demand meets a supply of constant elasticity, S(p) = units·(p / price)^elasticity. O(1).
 * Errors: curves that do not cross (both elasticities equal).
 */
export function equilibriumPrice(demand: DemandCurve, supply: DemandCurve): number {
  const slope = supply.elasticity - demand.elasticity;
  if (!(slope > 0) || demand.units <= 0 || supply.units <= 0) {
    throw fail("ALGORITHM_INPUT_INVALID", "Supply must rise with price faster than demand, and both must be above 0.");
  }
  const supplyAtDemandPrice = demandAt(supply, demand.price);
  return demand.price * (demand.units / supplyAtDemandPrice) ** (1 / slope);
}
