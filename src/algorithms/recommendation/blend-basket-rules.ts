import type { BasketRules } from "./mine-basket-rules.ts";
import type { ScoredItems, ScoringRequest } from "./score-by-neighbours.ts";

/** Items of a basket that are looked at in pairs, the last ones; bounds the time of an answer. */
const MOST_GIVEN = 50;
/** Candidates by neighbours that rules may move. */
const SMALLEST_POOL = 100;

export interface RuleBook {
  /** By item the number of its most confident rule whose two items are both given; items without one are not in it. */
  find(given: ArrayLike<number>): Map<number, number>;
}

/** Indexes rules by their two given items. O(rules) once, O(given² + rules found) a call. */
export function indexRules(rules: BasketRules, itemCount: number): RuleBook {
  const { first, second, item, confidence } = rules;
  const starts = new Map<number, number>();
  for (let at = item.length - 1; at >= 0; at--) starts.set(first[at] * itemCount + second[at], at);
  return {
    find: (given) => {
      const best = new Map<number, number>();
      if (item.length === 0) return best;
      const own = Array.from(given).slice(-MOST_GIVEN);
      for (const a of own) {
        for (const b of own) {
          if (a >= b) continue;
          let at = starts.get(a * itemCount + b) ?? item.length;
          for (; at < item.length && first[at] === a && second[at] === b; at++) {
            const known = best.get(item[at]);
            if (known === undefined || confidence[at] > confidence[known]) best.set(item[at], at);
          }
        }
      }
      return best;
    },
  };
}

/**
 * Scores baskets by neighbours and by rules of two items: score / (greatest score of the basket) + weight · confidence of the
 * item's best rule. Baskets that no rule speaks for are scored as by neighbours alone. An item beyond the best
 * `max(n, 100)` by neighbours counts by its rule only. O(neighbour scoring + given² + n log n).
 */
export function blendBasketRules(
  score: (request: ScoringRequest) => ScoredItems,
  rules: BasketRules,
  book: RuleBook,
  weight: number,
): (request: ScoringRequest) => ScoredItems {
  return (request) => {
    const { given, excluded = [], barred, n } = request;
    const ruled = weight > 0 && given.length >= 2 ? book.find(given) : new Map<number, number>();
    if (ruled.size === 0) return score(request);
    const near = score({ ...request, n: Math.max(n, SMALLEST_POOL) });
    const greatest = near.scores[0] ?? 1;
    const closed = new Set([...Array.from(given), ...Array.from(excluded)]);
    const rows: { item: number; total: number; because: number; support: number }[] = [];
    for (let at = 0; at < near.items.length; at++) {
      const item = near.items[at];
      const rule = ruled.get(item);
      ruled.delete(item);
      const extra = rule === undefined ? 0 : weight * rules.confidence[rule];
      const total = near.scores[at] / greatest + extra;
      rows.push({ item, total, because: near.because[at], support: near.becauseSupport[at] });
    }
    for (const [item, rule] of ruled) {
      if (closed.has(item) || (barred !== undefined && barred[item] !== 0)) continue;
      const total = weight * rules.confidence[rule];
      rows.push({ item, total, because: rules.first[rule], support: rules.support[rule] });
    }
    rows.sort((a, b) => b.total - a.total || a.item - b.item);
    rows.length = Math.min(rows.length, n);
    return {
      items: Int32Array.from(rows, ({ item }) => item),
      scores: Float64Array.from(rows, ({ total }) => total),
      because: Int32Array.from(rows, ({ because }) => because),
      becauseSupport: Int32Array.from(rows, ({ support }) => support),
    };
  };
}
