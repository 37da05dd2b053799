import type { Elasticity } from "./estimate-elasticity.ts";
import { errorOfMiddle, findMiddle } from "./robust-middle.ts";

/** What a group of products has in common. */
export interface PooledElasticity {
  readonly mean: number;
  /** Of the mean. */
  readonly error: number;
  /** Variance of true elasticities between products. */
  readonly between: number;
}

/**
 * Random-effects mean of own elasticities; undefined for none. O(n). Where the variance between products is known, `between`, the
 * middle of a t distribution instead, to which freak estimates matter little.
 * Source: DerSimonian and Laird, Controlled Clinical Trials 7(3), 1986.
 */
export function poolElasticities(own: readonly Elasticity[], between?: number): PooledElasticity | undefined {
  if (own.length === 0) return undefined;
  if (between === undefined) return poolByMoments(own);
  const mean = findMiddle(own, between);
  return { mean, error: errorOfMiddle(own, between, mean), between };
}

function poolByMoments(own: readonly Elasticity[]): PooledElasticity {
  const weights = own.map(({ error }) => 1 / (error * error));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const squares = weights.reduce((total, weight) => total + weight * weight, 0);
  const fixed = own.reduce((total, { elasticity }, at) => total + weights[at] * elasticity, 0) / sum;
  const heterogeneity = own.reduce((total, { elasticity }, at) => total + weights[at] * (elasticity - fixed) ** 2, 0);
  const room = sum - squares / sum;
  const between = room > 0 ? Math.max(0, (heterogeneity - (own.length - 1)) / room) : 0;
  const random = own.map(({ error }) => 1 / (error * error + between));
  const randomSum = random.reduce((total, weight) => total + weight, 0);
  const mean = own.reduce((total, { elasticity }, at) => total + random[at] * elasticity, 0) / randomSum;
  return { mean, error: Math.sqrt(1 / randomSum), between };
}

/** A product's elasticity drawn towards its group's: the more, the less its own history says. O(1). */
export function shrinkElasticity(own: Elasticity | undefined, group: PooledElasticity): Elasticity {
  const spread = group.between + group.error * group.error;
  if (own === undefined) return { elasticity: group.mean, error: Math.sqrt(spread) };
  const [ownWeight, groupWeight] = [1 / (own.error * own.error), 1 / spread];
  return {
    elasticity: (ownWeight * own.elasticity + groupWeight * group.mean) / (ownWeight + groupWeight),
    error: Math.sqrt(1 / (ownWeight + groupWeight)),
  };
}

/**
 * A group's mean drawn towards that of the group around it: the more, the less its own products say and the less such groups differ
 * (their variance is that of DerSimonian and Laird on the groups' means; one group alone says nothing of it and is left as it
 * is). O(siblings). Input: the group, all groups within the same one, itself among them, and that one.
 */
export function nestPool(
  group: PooledElasticity,
  siblings: readonly PooledElasticity[],
  around: PooledElasticity,
): PooledElasticity {
  if (siblings.length < 2) return group;
  const means = siblings.map(({ mean, error }) => ({ elasticity: mean, error }));
  const between = poolElasticities(means)?.between ?? 0;
  const own = { elasticity: group.mean, error: group.error };
  const { elasticity, error } = shrinkElasticity(own, { ...around, between });
  return { mean: elasticity, error, between: group.between };
}
