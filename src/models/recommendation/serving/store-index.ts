import type { RecommenderArtefact } from "../artefacts.ts";
import type { PopularList } from "../fit-recommender.ts";

/** A store as answers see it: ids to numbers, and its popular lists. */
export interface Store {
  readonly id: string;
  readonly itemById: Map<string, number>;
  readonly customerById: Map<string, number>;
  readonly popularByMarket: Map<string, PopularList>;
  readonly popular: PopularList;
}

export const NO_LIST: PopularList = { items: new Int32Array(0), scores: new Float64Array(0) };

/** The stores of an artefact by id. */
export function indexStores({ items, customers, segments, fitted }: RecommenderArtefact): Map<string, Store> {
  const stores = new Map<string, Store>();
  const find = (id: string): Store => {
    const store = stores.get(id) ?? {
      id,
      itemById: new Map(),
      customerById: new Map(),
      popularByMarket: new Map(),
      popular: fitted.popularByStore.get(id) ?? NO_LIST,
    };
    stores.set(id, store);
    return store;
  };
  items.id.forEach((id, item) => find(items.store[item] as string).itemById.set(id, item));
  customers.id.forEach((id, customer) => find(customers.store[customer] as string).customerById.set(id, customer));
  segments.market.forEach((market, segment) => {
    find(segments.store[segment] as string).popularByMarket.set(
      market,
      fitted.popularBySegment[segment] as PopularList,
    );
  });
  return stores;
}

/** Item number of each (store, product) row; −1 for products that no order holds. */
export function numberItems(
  stores: ReadonlyMap<string, Store>,
  store: readonly string[],
  id: readonly string[],
): Int32Array {
  return Int32Array.from(id, (product, row) => stores.get(store[row] as string)?.itemById.get(product) ?? -1);
}
