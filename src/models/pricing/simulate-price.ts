import { normalQuantile } from "../../algorithms/normal-distribution.ts";
import type { Elasticity } from "../../algorithms/pricing/estimate-elasticity.ts";
import { PROMOTION_CUT } from "../../algorithms/pricing/mark-promotions.ts";
import { demandAt } from "../../algorithms/pricing/optimize-price.ts";
import { rangeProduct } from "../../algorithms/pricing/range-product.ts";
import { chooseElasticity, type ElasticityWish } from "./choose-elasticity.ts";
import { type PriceAnswer, Z95 } from "./price-answer.ts";

/** A price for some days of the horizon; the others stay at the price of today. */
export interface PriceScenario extends ElasticityWish {
  /** Units expected at today's price over the whole horizon. */
  readonly expectedUnits: number;
  /** What they may come to, equally likely. */
  readonly outcomes: Float64Array;
  readonly horizonDays: number;
  /** Days at the new price, from today on; at most the horizon. */
  readonly days: number;
  readonly priceMinor: number;
  /** Landed cost of a unit; missing where no margin is asked for. */
  readonly unitCostMinor?: number | undefined;
}

/** Expected, and the ends of an interval of 95 %. */
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

/** Equally likely elasticities that stand for their normal distribution. */
const NODES = Float64Array.from({ length: 41 }, (_, at) => normalQuantile((at + 0.5) / 41));

/**
 * What demand, revenue and margin would be over the horizon at another price, or at a promotion's price for some of its days.
 * A promotion a tenth or more below today's price pulls beside its price, where held-out weeks told the two apart and no
 * elasticity is given. The interval holds what sales stray from their forecast at today's price and what is not known of the elasticity (and that pull),
 * taken as independent. O(outcomes). Throws `PRICING_PRICE_NEVER_VARIED` where nothing tells how demand answers.
 */
export function simulatePrice(from: PriceAnswer, scenario: PriceScenario): PriceSimulation {
  const learned = chooseElasticity(from, scenario);
  const { expectedUnits, outcomes, horizonDays, days, priceMinor, unitCostMinor } = scenario;
  const share = Math.min(days, horizonDays) / horizonDays;
  const outcomeAt = (price: number): PriceOutcome => {
    const { elasticity, error } = addPull(learned, from, scenario, price);
    const elasticities = error === 0 ? Float64Array.of(elasticity) : NODES.map((node) => elasticity + node * error);
    /** Earned for each unit of the forecast, a part of which is sold at today's price and the rest at the new one. */
    const earn = (keptUnit: number, soldUnit: number): Ranged => {
      const gainOf = (answer: number): number =>
        keptUnit * (1 - share) +
        soldUnit * demandAt({ price: from.priceMinor, units: share, elasticity: answer }, price);
      const expected = expectedUnits * gainOf(elasticity);
      const { low, high } = rangeProduct(outcomes, elasticities.map(gainOf));
      return { expected, low: Math.min(low, expected), high: Math.max(high, expected) };
    };
    return {
      priceMinor: price,
      units: earn(1, 1),
      revenueMinor: earn(from.priceMinor, price),
      marginMinor: unitCostMinor === undefined ? null : earn(from.priceMinor - unitCostMinor, price - unitCostMinor),
    };
  };
  return { now: outcomeAt(from.priceMinor), changed: outcomeAt(priceMinor) };
}

/** The elasticity that, at the price, comes to demand's answer to price and promotion together. */
function addPull(learned: Elasticity, from: PriceAnswer, scenario: PriceScenario, price: number): Elasticity {
  const { promotionLift, promotionLow, promotionHigh, priceMinor } = from;
  const isPromotion = scenario.days < scenario.horizonDays && price <= (1 - PROMOTION_CUT) * priceMinor;
  if (!isPromotion || scenario.elasticity !== undefined || promotionLift === null) return learned;
  const logChange = Math.log(price / priceMinor);
  const pullError =
    (Math.log1p(promotionHigh ?? promotionLift) - Math.log1p(promotionLow ?? promotionLift)) / (2 * Z95);
  return {
    elasticity: learned.elasticity + Math.log1p(promotionLift) / logChange,
    error: Math.hypot(learned.error, pullError / logChange),
  };
}
