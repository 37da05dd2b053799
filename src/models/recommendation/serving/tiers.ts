import type { ScoredItems, ScoringRequest } from "../../../algorithms/recommendation/score-by-neighbours.ts";
import type { SessionScorer } from "../../../algorithms/recommendation/session/fit-session-knn.ts";
import type { RankedList } from "../../collaborative/collaborative-lists.ts";
import type { PopularList } from "../fit-recommender.ts";
import type { Source } from "../recommender.ts";
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
      const scored = score({ given, weights, includesGiven: mayReturn, barred: pool.barred, n: want });
      for (let at = 0; at < scored.items.length; at++) {
        pool.add(
          scored.items[at] as number,
          scored.scores[at] as number,
          tier,
          scored.because[at] as number,
          scored.becauseSupport[at] as number,
        );
      }
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

export function listTier(source: Source, list: PopularList): Tier {
  return {
    source,
    fill: (pool, want, tier) => {
      const end = pool.size + want;
      for (let at = 0; at < list.items.length && pool.size < end; at++) {
        pool.add(list.items[at] as number, list.scores[at] as number, tier, -1, 0);
      }
    },
  };
}

/** A published list with its reasons. */
export function rankedTier(source: Source, list: RankedList, voice?: Voice): Tier {
  return {
    source,
    voice,
    fill: (pool, want, tier) => {
      const end = pool.size + want;
      for (let at = 0; at < list.items.length && pool.size < end; at++) {
        const [item, score] = [list.items[at] as number, list.scores[at] as number];
        pool.add(item, score, tier, list.because[at] as number, list.support[at] as number);
      }
    },
  };
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
