import type { ScoredItems, ScoringRequest } from "../../../algorithms/recommendation/score-by-neighbours.ts";
import type { SessionScorer } from "../../../algorithms/recommendation/session/fit-session-knn.ts";
import type { Source } from "../recommender.ts";
import type { Entries } from "./candidate-pool.ts";
import type { Tier } from "./shelf.ts";
import type { Voice } from "./explain-places.ts";

/** Items that speak, each as loud as its weight. */
export interface Evidence {
  readonly given: ArrayLike<number>;
  /** 1 each when missing. */
  readonly weights?: ArrayLike<number> | undefined;
  /** True where they may come back themselves, unless barred. */
  readonly mayReturn?: boolean | undefined;
}

/** What goes with the given items. */
export function neighbourTier(
  score: (request: ScoringRequest) => ScoredItems,
  source: Source,
  { given, weights, mayReturn }: Evidence,
  voice?: Voice,
): Tier {
  return {
    source,
    voice,
    fill: (pool, want, tier) => {
      const {
        items,
        scores,
        because,
        becauseSupport: support,
      } = score({
        given,
        weights,
        includesGiven: mayReturn,
        barred: pool.barred,
        n: want,
      });
      pool.addEntries({ items, scores, because, support }, want, tier);
    },
  };
}

/** What sessions like the clicks, newest last, went on to. */
export function sessionTier(rank: SessionScorer, clicks: readonly number[]): Tier {
  return {
    source: "session",
    fill: (pool, want, tier) => {
      // Some of them are barred; what is still missing then comes from the next tier.
      const ranked = rank(clicks, 4 * want + clicks.length);
      const last = clicks.at(-1) ?? -1;
      const end = pool.size + want;
      for (let at = 0; at < ranked.items.length && pool.size < end; at++) {
        pool.add(ranked.items[at] as number, ranked.scores[at] as number, tier, last, 0);
      }
    },
  };
}

/** A list as it was published, with its reasons where it has some. */
export function listTier(source: Source, list: Entries, voice?: Voice): Tier {
  return { source, voice, fill: (pool, want, tier) => pool.addEntries(list, want, tier) };
}

/** Any item of the store that may be sold, best sellers first; only where nothing else is there to show. */
export function catalogueTier(items: Iterable<number>, units: Float64Array): Tier {
  return {
    source: "catalogue",
    fill: (pool, want, tier) => {
      if (pool.size > 0) return;
      const open = [...items].filter((item) => pool.barred[item] === 0);
      open.sort((a, b) => (units[b] as number) - (units[a] as number) || a - b);
      for (const item of open.slice(0, want)) pool.add(item, units[item] as number, tier, -1, 0);
    },
  };
}
