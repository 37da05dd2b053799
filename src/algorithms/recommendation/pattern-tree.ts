/** Sets of items with counts, as a prefix tree: the tree of FP-growth. */
export interface PatternTree {
  /** Frequent items, the rarest first. */
  readonly items: readonly number[];
  /** How many sets hold the item. */
  supportOf(item: number): number;
  /** How many sets hold the item together with each more frequent one; items that share none are not in it. */
  countAbove(item: number): Map<number, number>;
  /** The more frequent items of each set with the item, and how many such sets there are. */
  forEachPath(item: number, visit: (items: readonly number[], count: number) => void): void;
}

/**
 * Builds the tree of the sets that `list` adds. `counts` says how many sets hold each item: those with fewer than `minSupport`
 * are left out, the others are ordered from most to least frequent, so that sets share their beginnings.
 * O(Σ |set| log |set|) time, a node for each distinct beginning.
 */
export function createPatternTree(
  counts: Int32Array,
  minSupport: number,
  list: (add: (items: ArrayLike<number>, count: number) => void) => void,
): PatternTree {
  const itemOf = [-1];
  const parentOf = [-1];
  const countOf = [0];
  const children: Map<number, number>[] = [new Map()];
  const nodesOf = new Map<number, number[]>();
  const isBefore = (a: number, b: number): number => counts[b] - counts[a] || a - b;

  list((items, count) => {
    const kept: number[] = [];
    for (let at = 0; at < items.length; at++) if (counts[items[at]] >= minSupport) kept.push(items[at]);
    kept.sort(isBefore);
    let node = 0;
    for (const item of kept) {
      let next = children[node].get(item);
      if (next === undefined) {
        next = itemOf.length;
        itemOf.push(item);
        parentOf.push(node);
        countOf.push(0);
        children.push(new Map());
        children[node].set(item, next);
        const nodes = nodesOf.get(item);
        if (nodes === undefined) nodesOf.set(item, [next]);
        else nodes.push(next);
      }
      countOf[next] += count;
      node = next;
    }
  });

  return {
    items: [...nodesOf.keys()].sort((a, b) => isBefore(b, a)),
    supportOf: (item) => (nodesOf.get(item) ?? []).reduce((sum, node) => sum + countOf[node], 0),
    countAbove: (item) => {
      const above = new Map<number, number>();
      for (const node of nodesOf.get(item) ?? []) {
        for (let up = parentOf[node]; up > 0; up = parentOf[up]) {
          above.set(itemOf[up], (above.get(itemOf[up]) ?? 0) + countOf[node]);
        }
      }
      return above;
    },
    forEachPath: (item, visit) => {
      for (const node of nodesOf.get(item) ?? []) {
        const path: number[] = [];
        for (let up = parentOf[node]; up > 0; up = parentOf[up]) path.push(itemOf[up]);
        visit(path, countOf[node]);
      }
    },
  };
}
