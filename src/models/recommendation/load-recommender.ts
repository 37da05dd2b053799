import type { IsoDate } from "../../core/dates.ts";
import { fail } from "../../core/errors.ts";
import type { ReleaseManifest } from "../../warehouse/releases/release-manifest.ts";
import { openArtefacts } from "../open-artefacts.ts";
import { decodeRecommender, type RecommenderArtefact } from "./artefacts.ts";
import type { PopularList } from "./fit-recommender.ts";
import { createItemRanker, type RankedItem } from "./rank-items.ts";
import type { Recommendation, Recommender, Strategy } from "./recommender.ts";

export type { Recommender } from "./recommender.ts";

/** A store as answers see it: ids to numbers, and its popular lists. */
interface Store {
  readonly id: string;
  readonly itemById: Map<string, number>;
  readonly customerById: Map<string, number>;
  readonly popularByMarket: Map<string, PopularList>;
  readonly popular: PopularList;
}

const NO_LIST: PopularList = { items: new Int32Array(0), scores: new Float64Array(0) };

/**
 * Loads the recommender of a release folder into memory; a few tens of megabytes and a fraction of a second.
 * Answers then take microseconds and read no file. Where the release has none, every answer is `MODEL_NOT_PUBLISHED`.
 */
export function loadRecommender(folder: string, manifest: ReleaseManifest): Recommender {
  const read = openArtefacts(folder, manifest, "co-purchase");
  const card = manifest.models.find(({ name }) => name === "co-purchase");
  // An artefact may be carried over from an older release: its own window says how far its data reach.
  return read === undefined || card === undefined
    ? createAbsentRecommender()
    : createRecommender(decodeRecommender(read), card.window.to);
}

/** `asOf` is the last day of the orders that the artefact was learned from. */
export function createRecommender(artefact: RecommenderArtefact, asOf: IsoDate): Recommender {
  const { items, customers } = artefact;
  const ranker = createItemRanker(artefact.fitted);
  const stores = indexStores(artefact);
  const largest = [...stores.values()].reduce<Store | undefined>(
    (best, store) => (best === undefined || store.itemById.size > best.itemById.size ? store : best),
    undefined,
  );

  const findStore = (id: string | undefined): Store => {
    const store = id === undefined ? largest : stores.get(id);
    if (store !== undefined) return store;
    throw fail(
      "REQUEST_INVALID",
      `Store "${String(id)}" sells nothing here; known are ${[...stores.keys()].join(", ")}.`,
      {
        errors: [{ pointer: "/store", message: `must be one of ${[...stores.keys()].join(", ")}` }],
      },
    );
  };

  /** The popular list for a market and, where it is the market's own, its name. */
  const findPopular = (store: Store, market: string | undefined): { list: PopularList; market: string | null } => {
    const own = market === undefined ? undefined : store.popularByMarket.get(market);
    return own === undefined || market === undefined ? { list: store.popular, market: null } : { list: own, market };
  };

  const answer = (
    store: Store,
    popularMarket: string | null,
    strategy: Strategy,
    ranked: readonly RankedItem[],
    ignored: readonly string[] = [],
  ): Recommendation => {
    // A list without any evidence of the shopper is a popular list, and says so.
    const isPopular = ranked.every(({ because }) => because === undefined);
    return {
      store: store.id,
      asOf,
      strategy: isPopular ? (popularMarket === null ? "global-popular" : "market-popular") : strategy,
      items: ranked.map(({ item, score, because, support }) => ({
        itemId: items.id[item] as string,
        title: items.title[item] as string,
        score,
        reason:
          because === undefined
            ? { kind: "popular", market: popularMarket }
            : { kind: "bought-together", withItemId: items.id[because] as string, support },
      })),
      ignored,
    };
  };

  return {
    similar: ({ store: storeId, itemId, market, n }) => {
      requireCount(n);
      const store = findStore(storeId);
      const item = store.itemById.get(itemId);
      if (item === undefined) {
        throw fail("RECOMMENDATION_ITEM_UNKNOWN", `Store "${store.id}" has never sold an item "${itemId}".`);
      }
      const popular = findPopular(store, market);
      return answer(store, popular.market, "item", ranker.byItems([item], popular.list, n));
    },
    forCustomer: ({ store: storeId, customerId, market, n }) => {
      requireCount(n);
      const store = findStore(storeId);
      const customer = store.customerById.get(customerId);
      if (customer === undefined) {
        const popular = findPopular(store, market);
        return answer(store, popular.market, "customer", ranker.byPopularity(popular.list, n));
      }
      const popular = findPopular(store, market ?? customers.market[customer]);
      return answer(store, popular.market, "customer", ranker.byCustomer(customer, popular.list, n));
    },
    forBasket: ({ store: storeId, items: basket, market, n }) => {
      requireCount(n);
      const store = findStore(storeId);
      const known = [...new Set(basket)].flatMap((id) => store.itemById.get(id) ?? []);
      const ignored = [...new Set(basket)].filter((id) => !store.itemById.has(id));
      const popular = findPopular(store, market);
      return answer(store, popular.market, "basket", ranker.byItems(known, popular.list, n), ignored);
    },
    popular: ({ store: storeId, market, n }) => {
      requireCount(n);
      const store = findStore(storeId);
      const popular = findPopular(store, market);
      return answer(store, popular.market, "market-popular", ranker.byPopularity(popular.list, n));
    },
  };
}

function indexStores({ items, customers, segments, fitted }: RecommenderArtefact): Map<string, Store> {
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

function requireCount(n: number): void {
  if (Number.isInteger(n) && n >= 1 && n <= 100) return;
  throw fail("REQUEST_INVALID", `n is ${n}; it must be a whole number from 1 to 100.`, {
    errors: [{ pointer: "/n", message: "must be a whole number from 1 to 100" }],
  });
}

function createAbsentRecommender(): Recommender {
  const refuse = (): never => {
    throw fail("MODEL_NOT_PUBLISHED", "This release holds no recommender: none has passed its gate yet.");
  };
  return { similar: refuse, forCustomer: refuse, forBasket: refuse, popular: refuse };
}
