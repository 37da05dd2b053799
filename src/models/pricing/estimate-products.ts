import {
  estimateElasticity,
  type DemandLink,
  type Elasticity,
  type PriceHistory,
  type PriceResponse,
  type Refusal,
} from "../../algorithms/pricing/estimate-elasticity.ts";
import {
  nestPool,
  poolElasticities,
  shrinkElasticity,
  type PooledElasticity,
} from "../../algorithms/pricing/pool-elasticities.ts";
import { learnSpread } from "../../algorithms/pricing/learn-spread.ts";
import { isRising, restrictSign } from "../../algorithms/pricing/restrict-sign.ts";
import { groupPlaces } from "../../core/group-places.ts";
import { cutHistory, type ProductPrices } from "./price-histories.ts";

/** Whose price changes stand behind products of a category, market or store. */
export type PoolLevel = "category" | "market" | "store";

/** How demand of a store's products is taken to follow price. */
export interface DemandForm {
  readonly link: DemandLink;
  /** Whether promotions are told apart from price. */
  readonly hasPromotions: boolean;
}

export interface ProductElasticity extends Elasticity {
  /** own: the product's history speaks, drawn towards its group; a level: it cannot, that group does; none: nobody can. */
  readonly basis: "own" | PoolLevel | "none";
  /** The nearest group that it is drawn to, which is drawn to those around it in turn; undefined where there is none. */
  readonly drawnTo: PoolLevel | undefined;
  /** Why the product's own history cannot tell; undefined where it can. */
  readonly refusal: Refusal | undefined;
  /** Log of demand in weeks of promotion over what their price explains, drawn to the store's mean; 0 where not told apart. */
  readonly pull: number;
  readonly pullError: number;
}

/** Products with an own estimate that a group needs to stand for itself. */
const LEAST_GROUP = 5;
/** Weeks of a history whose halves may speak for themselves, and histories of a kind that are halved at most: more tell little. */
const LEAST_HALVED = 40;
const MOST_HALVED = 1500;

interface Group {
  readonly level: PoolLevel;
  readonly pooled: PooledElasticity;
}

/**
 * Elasticities of all products, by the form of demand in their store: own ones, drawn to their category's, which is drawn to its market's and
 * that to the store's; a category or market with few own estimates is passed over. NaN with basis none for products of
 * stores in which no price ever varied. O(weeks).
 */
export function estimateProducts(
  products: readonly ProductPrices[],
  formOf: (store: string) => DemandForm,
): ProductElasticity[] {
  const plain = products.map(({ store, history }) => estimateOwn(history, formOf(store)));
  const pullOf = poolPulls(products, plain);
  const spreadOf = learnSpreads(products, plain, formOf);
  const own = plain.map((found, at) => {
    const { inflation } = spreadOf(products[at] as ProductPrices);
    return typeof found === "string" ? found : { ...found, error: found.error * inflation };
  });
  const isAll = ({ market }: ProductPrices): boolean => market === "";
  const stores = poolBy(
    products,
    own,
    (each) => (isAll(each) ? each.store : undefined),
    () => undefined,
    "store",
    spreadOf,
  );
  const storeOf = ({ store }: ProductPrices): Group | undefined => stores.get(store);
  const marketKey = ({ store, market }: ProductPrices): string => `${store}\n${market}`;
  const markets = poolBy(
    products,
    own,
    (each) => (isAll(each) ? undefined : marketKey(each)),
    storeOf,
    "market",
    spreadOf,
  );
  const marketOf = (each: ProductPrices): Group | undefined => markets.get(marketKey(each)) ?? storeOf(each);
  const categoryKey = (each: ProductPrices): string | undefined =>
    each.category === "" ? undefined : `${marketKey(each)}\n${each.category}`;
  const categories = poolBy(products, own, categoryKey, marketOf, "category", spreadOf);
  return products.map((product, at) => {
    const told = own[at] as PriceResponse | Refusal;
    // It stays in its group's mean: leaving out what rises would pull that down.
    const found = typeof told !== "string" && isRising(told) ? "rises-with-price" : told;
    const refusal = typeof found === "string" ? found : undefined;
    const { elasticity: pull, error: pullError } = pullOf(at);
    const group = categories.get(categoryKey(product) ?? "") ?? marketOf(product);
    const alone = typeof found === "string" ? undefined : { elasticity: found.elasticity, error: found.error };
    const belief = group === undefined ? alone : shrinkElasticity(alone, group.pooled);
    return {
      ...(belief === undefined ? { elasticity: Number.NaN, error: Number.NaN } : restrictSign(belief)),
      basis: alone === undefined ? (group?.level ?? "none") : "own",
      drawnTo: group?.level,
      refusal,
      pull,
      pullError,
    };
  });
}

function estimateOwn(
  { promotion, ...plain }: PriceHistory,
  { link, hasPromotions }: DemandForm,
): PriceResponse | Refusal {
  return estimateElasticity(hasPromotions && promotion ? { ...plain, promotion } : plain, link);
}

/** `between` is undefined where each group has to tell its own. */
interface Spread {
  readonly between: number | undefined;
  readonly inflation: number;
}

/** Learned for each store, and for all markets together and single ones apart, from the halves of a spread-out sample of histories. */
function learnSpreads(
  products: readonly ProductPrices[],
  own: readonly (PriceResponse | Refusal)[],
  formOf: (store: string) => DemandForm,
): (product: ProductPrices) => Spread {
  const kindOf = ({ store, market }: ProductPrices): string => `${store}\n${market === "" ? "all" : "market"}`;
  const kinds = groupPlaces(products, (product, at) =>
    typeof own[at] === "string" || product.history.units.length < LEAST_HALVED ? undefined : kindOf(product),
  );
  const learned = new Map<string, Spread>();
  for (const [key, members] of kinds) {
    const stride = Math.max(1, Math.ceil(members.length / MOST_HALVED));
    const halves = members
      .filter((_, nth) => nth % stride === 0)
      .flatMap((at) => {
        const { store, history } = products[at] as ProductPrices;
        const middle = history.units.length >> 1;
        const [first, second] = [cutHistory(history, 0, middle), cutHistory(history, middle)].map((half) =>
          estimateOwn(half, formOf(store)),
        ) as [PriceResponse | Refusal, PriceResponse | Refusal];
        return typeof first === "string" || typeof second === "string" ? [] : [[first, second] as const];
      });
    const spread = learnSpread(halves);
    if (spread !== undefined) learned.set(key, spread);
  }
  return (product) => learned.get(kindOf(product)) ?? { between: undefined, inflation: 1 };
}

/** Pull of promotions of each product: its own drawn to the mean of its store's; that mean where its own cannot be told, 0 without one. */
function poolPulls(
  products: readonly ProductPrices[],
  own: readonly (PriceResponse | Refusal)[],
): (at: number) => Elasticity {
  const told = own.map((found) => {
    const promotion = typeof found === "string" ? undefined : found.promotion;
    return promotion && { elasticity: promotion.pull, error: promotion.error };
  });
  const byStore = groupPlaces(products, ({ store, market }, at) =>
    told[at] === undefined || market !== "" ? undefined : store,
  );
  const poolOf = (members: readonly number[]): PooledElasticity =>
    poolElasticities(members.map((at) => told[at] as Elasticity)) as PooledElasticity;
  const pools = new Map([...byStore].map(([store, members]) => [store, poolOf(members)]));
  return (at) => {
    const pooled = pools.get((products[at] as ProductPrices).store);
    return pooled === undefined ? { elasticity: 0, error: 0 } : shrinkElasticity(told[at], pooled);
  };
}

/** Groups of products with what they have in common, each drawn to the group around it; without those that are too small. */
function poolBy(
  products: readonly ProductPrices[],
  own: readonly (Elasticity | Refusal)[],
  keyOf: (product: ProductPrices) => string | undefined,
  parentOf: (product: ProductPrices) => Group | undefined,
  level: PoolLevel,
  spreadOf: (product: ProductPrices) => Spread,
): Map<string, Group> {
  const groups = groupPlaces(products, (product, at) => (typeof own[at] === "string" ? undefined : keyOf(product)));
  const least = level === "store" ? 1 : LEAST_GROUP;
  const large = [...groups].filter(([, members]) => members.length >= least);
  const pools = large.map(([key, members]) => {
    const first = products[members[0] as number] as ProductPrices;
    const found = members.map((at) => own[at] as Elasticity);
    const pooled = poolElasticities(found, spreadOf(first).between) as PooledElasticity;
    return { key, parent: parentOf(first), pooled };
  });
  return new Map(
    pools.map(({ key, parent, pooled }) => {
      const siblings = pools.filter((each) => each.parent === parent).map((each) => each.pooled);
      return [key, { level, pooled: parent === undefined ? pooled : nestPool(pooled, siblings, parent.pooled) }];
    }),
  );
}
