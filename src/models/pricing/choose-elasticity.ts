import type { Elasticity } from "../../algorithms/pricing/estimate-elasticity.ts";
import { fail } from "../../core/errors.ts";
import { type PriceAnswer, Z95 } from "./price-answer.ts";

/** Whose word on the elasticity counts. */
export interface ElasticityWish {
  /** What the caller takes the elasticity to be, instead of what was learned. */
  readonly elasticity?: number | undefined;
  /** Whether that of the category or store may stand in where the product's own history cannot tell. */
  readonly usePooled: boolean;
}

/**
 * The elasticity to reckon with: the caller's, taken as certain, else the learned one with its standard error.
 * Throws `PRICING_PRICE_NEVER_VARIED` where nothing that may speak can tell.
 */
export function chooseElasticity(from: PriceAnswer, wish: ElasticityWish): Elasticity {
  if (wish.elasticity !== undefined) return { elasticity: wish.elasticity, error: 0 };
  const { elasticity, low } = from;
  if (elasticity !== null && (from.basis === "own" || wish.usePooled)) {
    // The upper end of the interval may be held at 0.
    return { elasticity, error: low === null ? 0 : (elasticity - low) / Z95 };
  }
  const detail =
    `"${from.product}" cannot tell how demand answers to price (${String(from.refusal)}). ` +
    "Give an elasticity, ask with usePooled to go by its category or store, or vary the price first.";
  throw fail("PRICING_PRICE_NEVER_VARIED", detail);
}
