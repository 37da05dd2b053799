import { giniCoefficient } from "./gini-coefficient.ts";

/** How a set of lists treats the catalogue. */
export interface ListDiversity {
  /** Share of the open items that stand in any list. */
  readonly coverage: number;
  /** Mean self-information of the listed items in bits, −log2(buyers of the item / customers); more is less known. */
  readonly novelty: number;
  /** Gini coefficient of how often the open items are listed. */
  readonly gini: number;
}

/**
 * Describes lists (row-major, `keep` places, −1 for none; the first k count). `buyers` counts each item's customers among
 * `customerCount`; an item without buyers counts as having one. O(lists·k + items log items).
 * Source: Castells, Hurley and Vargas, "Novelty and Diversity in Recommender Systems" (2015).
 */
export function describeLists(
  lists: { readonly items: Int32Array; readonly keep: number },
  k: number,
  isOpen: Uint8Array,
  buyers: ArrayLike<number>,
  customerCount: number,
): ListDiversity {
  const listed = new Float64Array(isOpen.length);
  let bits = 0;
  let places = 0;
  for (let from = 0; from < lists.items.length; from += lists.keep) {
    for (let at = from; at < from + Math.min(k, lists.keep) && lists.items[at] >= 0; at++) {
      const item = lists.items[at];
      listed[item]++;
      bits -= Math.log2(Math.max(1, buyers[item]) / Math.max(1, customerCount));
      places++;
    }
  }
  const open = listed.filter((_, item) => isOpen[item] === 1);
  return {
    coverage: open.length === 0 ? 0 : open.filter((count) => count > 0).length / open.length,
    novelty: places === 0 ? 0 : bits / places,
    gini: giniCoefficient(open),
  };
}
