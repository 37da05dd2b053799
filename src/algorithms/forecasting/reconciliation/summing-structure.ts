import { fail } from "../../../core/errors.ts";

/**
 * Which bottom series each node adds up: node n is the sum of `members[memberPtr[n] .. memberPtr[n + 1])`. The first
 * `bottomCount` nodes are the bottom series themselves, then come the groups of each level in order.
 */
export interface SummingStructure {
  readonly nodeCount: number;
  readonly bottomCount: number;
  readonly memberPtr: Int32Array;
  readonly members: Int32Array;
  /** Position of the first node of each level, the bottom included, and the number of nodes at the end. */
  readonly levelPtr: Int32Array;
}

/**
 * Builds the structure from levels of aggregation: `levels[l][b]` is the group, from 0 without gaps, that bottom series b
 * belongs to at level l. Levels need not nest: products over markets and markets over products are both levels.
 * O(levels · bottom series). Errors: `ALGORITHM_INPUT_INVALID` for a level of another length, or a group below 0.
 */
export function buildSummingStructure(bottomCount: number, levels: readonly Int32Array[]): SummingStructure {
  const groups = levels.map((labels, level) => {
    if (labels.length !== bottomCount) {
      throw fail("ALGORITHM_INPUT_INVALID", `level ${level} labels ${labels.length} series; label all ${bottomCount}.`);
    }
    return labels.reduce((most, group) => Math.max(most, group + 1), 0);
  });
  const levelPtr = new Int32Array(levels.length + 2);
  levelPtr[1] = bottomCount;
  groups.forEach((count, level) => (levelPtr[level + 2] = levelPtr[level + 1] + count));
  const nodeCount = levelPtr[levels.length + 1];
  const memberPtr = new Int32Array(nodeCount + 1);
  for (let node = 0; node < bottomCount; node++) memberPtr[node + 1] = 1;
  levels.forEach((labels, level) => {
    for (const group of labels) {
      if (group < 0) throw fail("ALGORITHM_INPUT_INVALID", `level ${level} has the group ${group}; count from 0.`);
      memberPtr[levelPtr[level + 1] + group + 1]++;
    }
  });
  for (let node = 0; node < nodeCount; node++) memberPtr[node + 1] += memberPtr[node];
  const next = memberPtr.slice(0, nodeCount);
  const members = new Int32Array(memberPtr[nodeCount]);
  for (let bottom = 0; bottom < bottomCount; bottom++) {
    members[next[bottom]++] = bottom;
    levels.forEach((labels, level) => (members[next[levelPtr[level + 1] + labels[bottom]]++] = bottom));
  }
  return { nodeCount, bottomCount, memberPtr, members, levelPtr };
}

/** Values of all nodes from those of the bottom series: the bottom-up forecast. O(members). */
export function sumBottom({ nodeCount, memberPtr, members }: SummingStructure, bottom: Float64Array): Float64Array {
  const sums = new Float64Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    let sum = 0;
    for (let at = memberPtr[node]; at < memberPtr[node + 1]; at++) sum += bottom[members[at]];
    sums[node] = sum;
  }
  return sums;
}

/** For each bottom series, the sum of the values of all nodes it is part of: the transpose of `sumBottom`. O(members). */
export function spreadToBottom(structure: SummingStructure, values: Float64Array): Float64Array {
  const { nodeCount, bottomCount, memberPtr, members } = structure;
  const spread = new Float64Array(bottomCount);
  for (let node = 0; node < nodeCount; node++) {
    for (let at = memberPtr[node]; at < memberPtr[node + 1]; at++) spread[members[at]] += values[node];
  }
  return spread;
}
