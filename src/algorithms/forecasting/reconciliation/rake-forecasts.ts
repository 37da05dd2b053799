import { fail } from "../../../core/errors.ts";
import { sumBottom, type SummingStructure } from "./summing-structure.ts";

/** Sweeps over the levels at most, and the greatest relative miss of a sum at which they end. */
const MAX_SWEEPS = 30;
const TOLERANCE = 1e-6;

/**
 * Coherent forecasts of one step by raking: the sums of the topmost level are kept, those of each level below are scaled to them, and the
 * bottom series are scaled in turn to the sums of each level until all fit. What a sum asks for is spread in proportion to what
 * is expected, nothing falls below 0, and a series at 0 stays there. Of all bottom series with these sums it finds those nearest to
 * the base in relative entropy; where levels contradict each other it ends with the topmost exact.
 *
 * Input: a base forecast of at least 0 a node, as `structure` numbers them; NaN for a sum without a forecast of its own.
 * The last level holds the sums to keep; levels need not nest. O(sweeps · members).
 * Errors: `ALGORITHM_INPUT_INVALID` for another number of values than nodes. Source: Deming and Stephan (1940).
 */
export function rakeForecasts(structure: SummingStructure, base: Float64Array): Float64Array {
  const { nodeCount, bottomCount, levelPtr } = structure;
  if (base.length !== nodeCount) {
    throw fail("ALGORITHM_INPUT_INVALID", `there are ${nodeCount} nodes; give a forecast for each.`);
  }
  const bottom = base.slice(0, bottomCount);
  const levels = levelPtr.length - 1;
  const scaleTo = (node: number, target: number): number => {
    let sum = 0;
    for (let at = structure.memberPtr[node]; at < structure.memberPtr[node + 1]; at++) {
      sum += bottom[structure.members[at]];
    }
    if (!(sum > 0) || !(target >= 0)) return 0;
    const factor = target / sum;
    for (let at = structure.memberPtr[node]; at < structure.memberPtr[node + 1]; at++) {
      bottom[structure.members[at]] *= factor;
    }
    return Math.abs(factor - 1);
  };
  const targets = base.slice();
  for (let level = levels - 1; level >= 1; level--) {
    // The bottom has the sums of the levels above; this one is scaled to what its members have of them.
    const sums = sumBottom(structure, bottom);
    let [wanted, held] = [0, 0];
    for (let node = levelPtr[level]; node < levelPtr[level + 1]; node++) {
      if (!(base[node] >= 0)) continue;
      wanted += base[node];
      held += sums[node];
    }
    const factor = level < levels - 1 && wanted > 0 ? held / wanted : 1;
    for (let node = levelPtr[level]; node < levelPtr[level + 1]; node++) {
      targets[node] = base[node] >= 0 ? base[node] * factor : sums[node];
      scaleTo(node, targets[node]);
    }
  }
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let miss = 0;
    for (let level = 1; level < levels; level++) {
      for (let node = levelPtr[level]; node < levelPtr[level + 1]; node++) {
        miss = Math.max(miss, scaleTo(node, targets[node]));
      }
    }
    if (miss < TOLERANCE) break;
  }
  return sumBottom(structure, bottom);
}
