import type { PoolObjective } from "./pool-objective.ts";

/** Picks of the greedy search; a weight is a multiple of 1 / PICKS before shrinking. */
const PICKS = 20;

/**
 * Weights of an ensemble by forward selection with replacement, shrunk towards equal weights over the good members by the share
 * `shrink`: each pick takes the member that lowers the loss of the mean of all picks most. A member is good when its own loss is within `goodFactor` of the
 * best one's. Weights are at least 0 and sum to 1.
 * Time: PICKS · members evaluations of the loss. Source: Caruana et al. (2004), ensemble selection.
 */
export function selectWeights(
  { members, loss }: PoolObjective,
  { goodFactor, shrink }: { readonly goodFactor: number; readonly shrink: number },
): Float64Array {
  const memberCount = members.length;
  const single = Float64Array.from(members, (row) => loss(row));
  const best = single.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const counts = new Float64Array(memberCount);
  // The sum of all picks: a further one is tried without adding up the others again.
  const sum = new Float64Array(members[0]?.length ?? 0);
  const tried = new Float64Array(sum.length);
  for (let picks = 1; picks <= PICKS; picks++) {
    let [chosen, chosenLoss] = [-1, Number.POSITIVE_INFINITY];
    for (let member = 0; member < memberCount; member++) {
      const row = members[member];
      for (let at = 0; at < tried.length; at++) tried[at] = (sum[at] + row[at]) / picks;
      const value = loss(tried);
      if (value < chosenLoss) [chosen, chosenLoss] = [member, value];
    }
    if (chosen < 0) break;
    counts[chosen]++;
    const row = members[chosen];
    for (let at = 0; at < sum.length; at++) sum[at] += row[at];
  }
  const picked = counts.reduce((sum, count) => sum + count, 0);
  const isGood = single.map((value) => (value <= best * goodFactor ? 1 : 0));
  const good = isGood.reduce((sum, value) => sum + value, 0);
  if (picked === 0 || good === 0) return new Float64Array(memberCount).fill(1 / memberCount);
  return counts.map((count, member) => ((1 - shrink) * count) / picked + (shrink * isGood[member]) / good);
}
