import type { ScoredItems, ScoringRequest } from "../../../algorithms/recommendation/score-by-neighbours.ts";
import { neighbourTier, type Evidence } from "./tiers.ts";
import type { Tier } from "./shelf.ts";

/** Best items kept of a customer, before any filter: enough for most filtered lists. */
const LENGTH = 200;
/** Customers kept, of 4 kB each. */
const MOST_CUSTOMERS = 8_000;

/** Answers for a customer of what goes with the history; the evidence must be the same every time. */
export type RememberedTier = (customer: number, evidence: Evidence) => Tier;

/**
 * Keeps what was scored for a customer: a shopper asks several times in a visit, and what is in a release does not change.
 * The list is the same as that of `neighbourTier`: filters go over the kept one, and where it runs out, all is scored again.
 * The customer asked for longest ago is forgotten first.
 */
export function createRememberedTier(score: (request: ScoringRequest) => ScoredItems): RememberedTier {
  const kept = new Map<number, ScoredItems>();
  const recall = (customer: number, { given, weights }: Evidence): ScoredItems => {
    const known = kept.get(customer);
    const list = known ?? score({ given, weights, n: LENGTH });
    if (known !== undefined) kept.delete(customer);
    else if (kept.size >= MOST_CUSTOMERS)
      for (const oldest of kept.keys()) {
        kept.delete(oldest);
        break;
      }
    kept.set(customer, list);
    return list;
  };
  return (customer, evidence) => ({
    source: "customer",
    fill: (pool, want, tier) => {
      const { items, scores, because, becauseSupport } = recall(customer, evidence);
      const end = pool.size + want;
      for (let at = 0; at < items.length && pool.size < end; at++) {
        pool.add(items[at] as number, scores[at] as number, tier, because[at] as number, becauseSupport[at] as number);
      }
      if (pool.size < end && items.length === LENGTH) {
        neighbourTier(score, "customer", evidence).fill(pool, end - pool.size, tier);
      }
    },
  });
}
