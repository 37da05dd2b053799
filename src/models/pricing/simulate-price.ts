import { demandAt } from "../../algorithms/pricing/optimize-price.ts";
import { chooseElasticity, type ElasticityWish } from "./choose-elasticity.ts";
import { type PriceAnswer, Z95 } from "./price-answer.ts";

/** A price for some days of the horizon; the others stay at the price of today. */
export interface PriceScenario extends ElasticityWish {
  /** Units expected at today's price over the whole horizon. */
  readonly expectedUnits: number;
  readonly horizonDays: number;
  /** Days at the new price, from today on; at most the horizon. */
  readonly days: number;
  readonly priceMinor: number;
  /** Landed cost of a unit; missing where no margin is asked for. */
  readonly unitCostMinor?: number | undefined;
}

/** Expected, and at the ends of the elasticity's interval of 95 %. */
export interface Ranged {
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

export interface PriceOutcome {
  readonly priceMinor: number;
  readonly units: Ranged;
  readonly revenueMinor: Ranged;
  /** Null without a unit cost. */
  readonly marginMinor: Ranged | null;
}

export interface PriceSimulation {
  readonly now: PriceOutcome;
  readonly changed: PriceOutcome;
}

/**
 * What demand, revenue and margin would be over the horizon at another price, or at a promotion's price for some of its days.
 * The interval is that of the elasticity; sales around the forecast come on top. O(1).
 * Throws `PRICING_PRICE_NEVER_VARIED` where nothing tells how demand answers.
 */
export function simulatePrice(from: PriceAnswer, scenario: PriceScenario): PriceSimulation {
  const { elasticity: chosen, error } = chooseElasticity(from, scenario);
  const answers = [chosen, chosen - Z95 * error, chosen + Z95 * error];
  const { expectedUnits, horizonDays, days, priceMinor, unitCostMinor } = scenario;
  const share = Math.min(days, horizonDays) / horizonDays;
  const outcomeAt = (price: number): PriceOutcome => {
    const kept = expectedUnits * (1 - share);
    const sold = answers.map((elasticity) =>
      demandAt({ price: from.priceMinor, units: expectedUnits * share, elasticity }, price),
    );
    const earn = (keptUnit: number, soldUnit: number): Ranged =>
      toRange(sold.map((units) => kept * keptUnit + units * soldUnit));
    return {
      priceMinor: price,
      units: earn(1, 1),
      revenueMinor: earn(from.priceMinor, price),
      marginMinor: unitCostMinor === undefined ? null : earn(from.priceMinor - unitCostMinor, price - unitCostMinor),
    };
  };
  return { now: outcomeAt(from.priceMinor), changed: outcomeAt(priceMinor) };
}

function toRange(values: readonly number[]): Ranged {
  return { expected: values[0] as number, low: Math.min(...values), high: Math.max(...values) };
}
