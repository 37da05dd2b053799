import type { CandidatePool } from "./candidate-pool.ts";
import type { MarketTerms } from "./market-terms.ts";

/** Scores within this share of each other may change places under a seed. */
const JITTER = 0.05;

export interface Weights {
  /** 0 to 1. */
  readonly marginWeight: number;
  /** 0 to 1. */
  readonly deliveryWeight: number;
  /** Factor by item; missing ones are 1. */
  readonly boosts: ReadonlyMap<number, number>;
  readonly seed: number | undefined;
}

/**
 * Writes into the pool how much each candidate is wanted: 0 to 1 before boosts. Scores of different tiers do not compare, so within a tier they
 * are divided by its best, and a tier starts where the one above it ended. Then margin, promptness, boosts and the seed's jitter
 * multiply. O(size).
 */
export function weighCandidates(pool: CandidatePool, terms: MarketTerms, weights: Weights): void {
  const { size, scores, tiers, items, relevance } = pool;
  let ceiling = 1;
  for (let from = 0, to = 0; from < size; from = to) {
    let best = 0;
    let least = Infinity;
    while (to < size && tiers[to] === tiers[from]) {
      best = Math.max(best, scores[to] as number);
      least = Math.min(least, scores[to++] as number);
    }
    // Tiers without scores keep their order.
    for (let at = from; at < to; at++) {
      const share = best > 0 ? (scores[at] as number) / best : 1 - (at - from) / (to - from + 1);
      relevance[at] = ceiling * share;
    }
    ceiling *= best > 0 ? Math.max(0, least / best) * 0.999 : 1 / (to - from + 1);
  }
  const { boosts, seed } = weights;
  const margin = weights.marginWeight > 0 ? terms.margin : undefined;
  const promptness = weights.deliveryWeight > 0 ? terms.promptness : undefined;
  for (let at = 0; at < size; at++) {
    const item = items[at] as number;
    let value = relevance[at] as number;
    if (margin !== undefined) value *= 1 - weights.marginWeight * (1 - (margin[item] as number));
    if (promptness !== undefined) value *= 1 - weights.deliveryWeight * (1 - (promptness[item] as number));
    if (boosts.size > 0) value *= boosts.get(item) ?? 1;
    if (seed !== undefined) value *= 1 - JITTER * hashToUnit(seed, item);
    relevance[at] = value;
  }
}

/** A number in [0, 1) that looks random, the same for the same two. Mixing as in MurmurHash3's finaliser. */
function hashToUnit(seed: number, item: number): number {
  let mix = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(item + 1, 0xc2b2ae35)) >>> 0;
  mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return ((mix ^ (mix >>> 16)) >>> 0) / 4294967296;
}
