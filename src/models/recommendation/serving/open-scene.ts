import { fail } from "../../../core/errors.ts";
import type { RecommenderArtefact } from "../artefacts.ts";
import type { RecentEvent } from "../recommender.ts";
import type { Knobs } from "./knobs.ts";
import type { LiveItem } from "./purchase-history.ts";
import type { ReleaseCatalogue } from "./release-catalogue.ts";
import { requireKnobs } from "./require-knobs.ts";
import type { Store } from "./store-index.ts";

/** Who asks, and where: the ids of a request as the release knows them. */
export interface Scene {
  readonly store: Store;
  /** Undefined where it is neither stated nor known of the customer. */
  readonly market: string | undefined;
  /** −1 for nobody known. */
  readonly customer: number;
  /** What the shopper did since the release was made, oldest first. */
  readonly live: readonly LiveItem[];
}

type SceneRequest = Knobs & {
  readonly customerId?: string | undefined;
  readonly recent?: readonly RecentEvent[] | undefined;
};

export interface Scenes {
  /** Missing: the store with most items. Errors: `REQUEST_INVALID` for an unknown one. */
  findStore(id: string | undefined): Store;
  /** Errors: as `findStore` and `requireKnobs`. */
  open(request: SceneRequest): Scene;
}

export function createScenes(
  stores: ReadonlyMap<string, Store>,
  { markets, offers }: Pick<ReleaseCatalogue, "markets" | "offers">,
  homes: RecommenderArtefact["customers"]["market"],
): Scenes {
  const largest = [...stores.values()].reduce<Store | undefined>(
    (best, store) => (best === undefined || store.itemById.size > best.itemById.size ? store : best),
    undefined,
  );
  /** Those that orders or offers name exist too. */
  const named = new Set([...markets, ...offers.market].filter((market) => market !== ""));
  const exists = (store: Store, market: string): boolean => named.has(market) || store.popularByMarket.has(market);

  const findStore = (id: string | undefined): Store => {
    const store = id === undefined ? largest : stores.get(id);
    if (store !== undefined) return store;
    const known = [...stores.keys()].join(", ");
    throw fail("REQUEST_INVALID", `Store "${String(id)}" sells nothing here; known are ${known}.`, {
      errors: [{ pointer: "/store", message: `must be one of ${known}` }],
    });
  };
  return {
    findStore,
    open: (request) => {
      requireKnobs(request);
      const { customerId, recent = [], market: asked } = request;
      const store = findStore(request.store);
      const customer = customerId === undefined ? -1 : (store.customerById.get(customerId) ?? -1);
      const home = customer < 0 ? undefined : homes[customer];
      return {
        store,
        customer,
        market: asked !== undefined && exists(store, asked) ? asked : home,
        live: recent.flatMap(({ itemId, kind }) => {
          const item = store.itemById.get(itemId);
          return item === undefined ? [] : [{ item, kind }];
        }),
      };
    },
  };
}

/** Items of a request by number, without repeats, and those that the store does not know. */
export function findItems(store: Store, ids: readonly string[]): { known: number[]; ignored: string[] } {
  const distinct = [...new Set(ids)];
  return {
    known: distinct.flatMap((id) => store.itemById.get(id) ?? []),
    ignored: distinct.filter((id) => !store.itemById.has(id)),
  };
}
