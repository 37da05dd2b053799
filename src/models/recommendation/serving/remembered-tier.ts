import type { ScoredItems, ScoringRequest } from "../../../algorithms/recommendation/score-by-neighbours.ts";
import type { Entries } from "./candidate-pool.ts";
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
  const kept = new Map<number, Entries>();
  const scoreAll = ({ given, weights }: Evidence): Entries => {
    const { items, scores, because, becauseSupport: support } = score({ given, weights, n: LENGTH });
    return { items, scores, because, support };
  };
  const recall = (customer: number, evidence: Evidence): Entries => {
    const known = kept.get(customer);
    const list = known ?? scoreAll(evidence);
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
      const list = recall(customer, evidence);
      const end = pool.size + want;
      pool.addEntries(list, want, tier);
      if (pool.size < end && list.items.length === LENGTH) {
        neighbourTier(score, "customer", evidence).fill(pool, end - pool.size, tier);
      }
    },
  });
}
