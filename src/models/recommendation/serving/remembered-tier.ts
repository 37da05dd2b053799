import type { ScoredItems, ScoringRequest } from "../../../algorithms/recommendation/score-by-neighbours.ts";
import type { Entries } from "./candidate-pool.ts";
import { createListSlab } from "./list-slab.ts";
import type { Tier } from "./shelf.ts";
import { neighbourTier, type Evidence } from "./tiers.ts";

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
  const kept = createListSlab(MOST_CUSTOMERS, LENGTH);
  const recall = (customer: number, { given, weights }: Evidence): Entries => {
    const known = kept.get(customer);
    if (known !== undefined) return known;
    const { items, scores, because, becauseSupport: support } = score({ given, weights, n: LENGTH });
    const list = { items, scores, because, support };
    kept.keep(customer, list);
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
