import type { ModelConfig } from "../../algorithms/recommendation/collaborative/model-config.ts";

/** What the time of a fit depends on. */
export interface TrialSize {
  readonly users: number;
  readonly items: number;
  /** Customers × items known. */
  readonly pairs: number;
  /** Σ over customers of (items)². */
  readonly squares: number;
}

/** Customers a trial is judged on, at most. */
const JUDGED = 2000;

/**
 * CPU seconds of one trial, fit and ranking of the customers judged, by the operation counts of each method and the rates of
 * one core of an ordinary server; good to a factor of two. It decides what a night tries, so it must not read a clock.
 */
export function estimateTrialSec(config: ModelConfig, { users, items, pairs, squares }: TrialSize): number {
  const history = pairs / Math.max(1, users);
  const rankSec = (JUDGED * items) / 1e8;
  const neighboursSec = squares / 5e7 + items / 5e4;
  switch (config.method) {
    case "ease":
      return rankSec + items ** 3 / 2.5e10 + squares / 1e9 + (JUDGED * history * items) / 4e9;
    case "sparse-ease": {
      const { keep } = config.params;
      return rankSec + neighboursSec + (items * keep ** 3) / 6e9 + items ** 2 / 1e8;
    }
    case "implicit-als": {
      const { dim, epochs } = config.params;
      const operations = 4 * epochs * (4 * pairs * dim + 2 * (users + items) * dim ** 2);
      return rankSec + operations / 5e9 + (JUDGED * items * dim) / 1e10;
    }
    case "graph-filter": {
      const { rank } = config.params;
      const operations = 12 * (4 * pairs * rank + 2 * (users + items) * rank ** 2);
      return rankSec + neighboursSec + operations / 4e9 + (JUDGED * items * rank) / 1e10;
    }
    case "user-knn":
      return rankSec + (JUDGED * history * pairs) / Math.max(1, items) / 1e8;
    case "item-knn":
      return rankSec + neighboursSec;
    default:
      return rankSec;
  }
}
