/**
 * The value that a new error of the same kind stays at or below with at least the given probability: the ⌈(n + 1)·level⌉-th
 * smallest of n exchangeable errors, the greatest where that exceeds n (then the guarantee is lost), for lower tails
 * (level below ½) the mirror image. `sorted` is ascending and not empty. O(1).
 * Source: split conformal prediction, Vovk et al. (2005); Lei et al. (2018).
 */
export function conformalQuantile(sorted: ArrayLike<number>, level: number): number {
  const count = sorted.length;
  const rank =
    level >= 0.5 ? Math.min(count, Math.ceil((count + 1) * level)) : Math.max(1, Math.floor((count + 1) * level));
  return sorted[rank - 1];
}
