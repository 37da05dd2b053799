import type { Incidence } from "../sparse/incidence.ts";
import { requireBetween, requireInteger } from "../require-numbers.ts";
import { createPatternTree, type PatternTree } from "./pattern-tree.ts";

export interface RuleParams {
  /** Baskets that must hold all three items, at least 1. */
  readonly minSupport: number;
  /** Least share of the baskets with both given items that hold the third, 0 to 1. */
  readonly minConfidence: number;
  /** Larger baskets are left out. */
  readonly maxBasketSize: number;
}

/** Rules {first, second} → item; parallel columns, ordered by first, second, item, with first < second. */
export interface BasketRules {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly item: Int32Array;
  /** Baskets with all three. */
  readonly support: Int32Array;
  /** Share of the baskets with both given items that hold the third. */
  readonly confidence: Float32Array;
  /** Confidence over the share of all baskets that hold the third: 1 where the two say nothing of it. */
  readonly lift: Float32Array;
}

/**
 * What is bought with two items at once: association rules of two items to one, by FP-growth. Baskets become a prefix tree with
 * the most frequent items at its root; each item's paths to the root make a tree of their own, and so on to three items, so
 * that no candidate is ever counted that no basket holds.
 * Input: baskets × items. `candidates[j] = 0` keeps item j from being recommended.
 * Time O(tree paths × sizes of their prefixes), memory O(tree + rules).
 * Errors: `ALGORITHM_INPUT_INVALID` for parameters outside their ranges.
 * Source: Han, Pei and Yin (2000), Mining frequent patterns without candidate generation; Agrawal and Srikant (1994).
 */
export function mineBasketRules(baskets: Incidence, candidates: Uint8Array, params: RuleParams): BasketRules {
  const { minSupport, minConfidence, maxBasketSize } = params;
  requireInteger(minSupport, 1, 2 ** 30, "minSupport");
  requireBetween(minConfidence, 0, 1, "minConfidence");
  requireInteger(maxBasketSize, 2, 2 ** 30, "maxBasketSize");
  const { rowPtr, colIdx, colCount } = baskets;
  const heard: number[] = [];
  const counts = new Int32Array(colCount);
  for (let basket = 0; basket < baskets.rowCount; basket++) {
    if (rowPtr[basket + 1] - rowPtr[basket] > maxBasketSize) continue;
    heard.push(basket);
    for (let at = rowPtr[basket]; at < rowPtr[basket + 1]; at++) counts[colIdx[at]]++;
  }
  const pairs = new Map<number, number>();
  const found: [number, number, number, number][] = [];
  const whole = createPatternTree(counts, minSupport, (add) => {
    for (const basket of heard) add(colIdx.subarray(rowPtr[basket], rowPtr[basket + 1]), 1);
  });
  for (const a of whole.items) {
    const ofA = growTree(whole, a, colCount, minSupport);
    for (const b of ofA.items) {
      pairs.set(Math.min(a, b) * colCount + Math.max(a, b), ofA.supportOf(b));
      const ofB = ofA.countAbove(b);
      for (const [c, support] of ofB) {
        if (support >= minSupport) found.push([a, b, c, support]);
      }
    }
  }
  return toRules(found, { pairs, counts, colCount, basketCount: heard.length }, candidates, minConfidence);
}

/** The tree of the paths above an item: what is bought with it. */
function growTree(tree: PatternTree, item: number, itemCount: number, minSupport: number): PatternTree {
  const counts = new Int32Array(itemCount);
  for (const [other, support] of tree.countAbove(item)) counts[other] = support;
  return createPatternTree(counts, minSupport, (add) => tree.forEachPath(item, add));
}

interface Counts {
  readonly pairs: ReadonlyMap<number, number>;
  readonly counts: Int32Array;
  readonly colCount: number;
  readonly basketCount: number;
}

/** Three frequent items make three rules, one for each of them. */
function toRules(
  triples: readonly (readonly [number, number, number, number])[],
  { pairs, counts, colCount, basketCount }: Counts,
  candidates: Uint8Array,
  minConfidence: number,
): BasketRules {
  const rules: { key: number; item: number; support: number; confidence: number }[] = [];
  for (const [a, b, c, support] of triples) {
    for (const [x, y, item] of [
      [a, b, c],
      [a, c, b],
      [b, c, a],
    ]) {
      if (candidates[item] === 0) continue;
      const key = Math.min(x, y) * colCount + Math.max(x, y);
      const confidence = support / (pairs.get(key) ?? Infinity);
      if (confidence > 0 && confidence >= minConfidence) rules.push({ key, item, support, confidence });
    }
  }
  rules.sort((left, right) => left.key - right.key || left.item - right.item);
  return {
    first: Int32Array.from(rules, ({ key }) => Math.floor(key / colCount)),
    second: Int32Array.from(rules, ({ key }) => key % colCount),
    item: Int32Array.from(rules, ({ item }) => item),
    support: Int32Array.from(rules, ({ support }) => support),
    confidence: Float32Array.from(rules, ({ confidence }) => confidence),
    lift: Float32Array.from(rules, ({ item, confidence }) => (confidence * basketCount) / counts[item]),
  };
}
