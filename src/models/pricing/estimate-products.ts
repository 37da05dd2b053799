import { estimateElasticity, type Elasticity, type Refusal } from "../../algorithms/pricing/estimate-elasticity.ts";
import {
  poolElasticities,
  shrinkElasticity,
  type PooledElasticity,
} from "../../algorithms/pricing/pool-elasticities.ts";
import type { ProductPrices } from "./price-histories.ts";

/** own: the product's history speaks, drawn towards its group; category, store: it cannot, the group does; none: nobody can. */
type Basis = "own" | "category" | "store" | "none";

export interface ProductElasticity extends Elasticity {
  readonly basis: Basis;
  /** Why the product's own history cannot tell; undefined where it can. */
  readonly refusal: Refusal | undefined;
}

/** Products with an own estimate that a category needs to stand for itself. */
const LEAST_GROUP = 5;

/**
 * Elasticities of all products: own ones, drawn to their category's, or to the store's where the category is small. NaN
 * with basis none for products of stores in which no price ever varied. O(weeks).
 */
export function estimateProducts(products: readonly ProductPrices[]): ProductElasticity[] {
  const own = products.map(({ history }) => estimateElasticity(history));
  const byStore = poolBy(products, own, ({ store }) => store);
  const byCategory = poolBy(products, own, ({ store, category }) => `${store}\n${category}`);
  return products.map(({ store, category }, at) => {
    const group = category === "" ? undefined : byCategory.get(`${store}\n${category}`);
    const isCategory = group !== undefined && group.count >= LEAST_GROUP;
    const pooled = isCategory ? group.pooled : byStore.get(store)?.pooled;
    const found = own[at] as Elasticity | Refusal;
    const refused = typeof found === "string" ? found : undefined;
    if (pooled === undefined) return { elasticity: Number.NaN, error: Number.NaN, basis: "none", refusal: refused };
    if (typeof found !== "string") return { ...shrinkElasticity(found, pooled), basis: "own", refusal: undefined };
    return { ...shrinkElasticity(undefined, pooled), basis: isCategory ? "category" : "store", refusal: found };
  });
}

function poolBy(
  products: readonly ProductPrices[],
  own: readonly (Elasticity | Refusal)[],
  keyOf: (product: ProductPrices) => string,
): Map<string, { readonly pooled: PooledElasticity; readonly count: number }> {
  const groups = new Map<string, Elasticity[]>();
  products.forEach((product, at) => {
    const found = own[at] as Elasticity | Refusal;
    if (typeof found === "string") return;
    const group = groups.get(keyOf(product));
    if (group === undefined) groups.set(keyOf(product), [found]);
    else group.push(found);
  });
  const pools = new Map<string, { pooled: PooledElasticity; count: number }>();
  for (const [key, members] of groups) {
    const pooled = poolElasticities(members);
    if (pooled !== undefined) pools.set(key, { pooled, count: members.length });
  }
  return pools;
}
