import { fromDayNumber } from "../../src/core/dates.ts";
import { SESSION_KNN_DEFAULTS } from "../../src/algorithms/recommendation/session/fit-session-knn.ts";
import { systemClock } from "../../src/core/clock.ts";
import { createRng } from "../../src/core/rng.ts";
import { createNeighbourScorer } from "../../src/algorithms/recommendation/score-by-neighbours.ts";
import type { ServedRelease } from "../../src/api/serving/served-release.ts";
import { encodeCollaborative } from "../../src/models/collaborative/artefacts.ts";
import { type CollaborativeLists, readCollaborativeLists } from "../../src/models/collaborative/collaborative-lists.ts";
import type { BasketData } from "../../src/models/recommendation/basket-data.ts";
import { type FittedRecommender, fitRecommender } from "../../src/models/recommendation/fit-recommender.ts";
import { DEFAULT_PARAMS } from "../../src/models/recommendation/params.ts";
import type { Recommender } from "../../src/models/recommendation/recommender.ts";
import {
  createRecommender,
  type RecommenderParts,
} from "../../src/models/recommendation/serving/create-recommender.ts";
import {
  EMPTY_CATALOGUE,
  NO_FROM,
  NO_UNTIL,
  type ReleaseCatalogue,
} from "../../src/models/recommendation/serving/release-catalogue.ts";

export const [ITEMS, CUSTOMERS, ORDERS, SESSIONS] = [4_000, 4_000, 25_000, 30_000];
export const MARKETS = Array.from(
  { length: 40 },
  (_, at) => `${String.fromCharCode(65 + (at % 26))}${at < 26 ? "A" : "B"}`,
);
const TODAY = 15_400;
const LISTED = 100;
const rng = createRng(11);
/** Popular items are met more often: the square of a uniform number. */
const anyItem = (): number => Math.floor(rng.next() ** 2 * ITEMS);

/** A made-up shop of 4,000 items and customers, offers in 40 markets and 30,000 web sessions. */
export interface MadeUpShop {
  /** Answers customers from published lists. */
  readonly recommender: Recommender;
  /** Has none: histories are scored. */
  readonly unlisted: Recommender;
  /** Holds nothing else that is asked for. */
  readonly release: ServedRelease;
}

export function openMadeUpShop(): MadeUpShop {
  const data = makeBaskets();
  const fitted = fitRecommender(data, data.lines, TODAY, DEFAULT_PARAMS);
  const asOf = fromDayNumber(TODAY);
  const parts: RecommenderParts = {
    artefact: { items: data.items, customers: data.customers, segments: data.segments, fitted },
    asOf,
    historyHalfLifeDays: DEFAULT_PARAMS.historyHalfLifeDays,
    catalogue: makeCatalogue(data),
    clock: systemClock,
    sessionParams: { ...SESSION_KNN_DEFAULTS, repeatWeight: 0 },
  };
  const recommender = createRecommender({ ...parts, lists: publishLists(data, fitted) });
  // Nothing else of the release is asked for.
  const release = { id: "bench", asOf, createdAt: "2012-01-01T00:00:00Z", recommender } as ServedRelease;
  return { recommender, unlisted: createRecommender(parts), release };
}

function makeBaskets(): BasketData {
  const numbers = { basket: [], item: [], customer: [], segment: [], day: [] } as Record<string, number[]>;
  for (let order = 0; order < ORDERS; order++) {
    const customer = rng.nextInt(CUSTOMERS);
    const taste = anyItem();
    const basket = new Set(
      Array.from({ length: 16 }, () => (rng.next() < 0.6 ? (taste + rng.nextInt(40)) % ITEMS : anyItem())),
    );
    for (const item of basket) {
      const line = { basket: order, item, customer, segment: customer % MARKETS.length };
      for (const [name, value] of Object.entries({ ...line, day: TODAY - 180 + Math.floor((order * 180) / ORDERS) })) {
        numbers[name]?.push(value);
      }
    }
  }
  const column = (name: string): Int32Array => Int32Array.from(numbers[name] ?? []);
  const ids = (count: number, letter: string): string[] => Array.from({ length: count }, (_, at) => `${letter}${at}`);
  return {
    items: { store: ids(ITEMS, "").map(() => "shop"), id: ids(ITEMS, "P"), title: ids(ITEMS, "Product ") },
    customers: {
      store: ids(CUSTOMERS, "").map(() => "shop"),
      id: ids(CUSTOMERS, "C"),
      market: ids(CUSTOMERS, "").map((_, at) => MARKETS[at % MARKETS.length]),
    },
    segments: { store: MARKETS.map(() => "shop"), market: MARKETS },
    lines: {
      basket: column("basket"),
      item: column("item"),
      customer: column("customer"),
      segment: column("segment"),
      day: column("day"),
    },
  };
}

/** Every tenth offer of a market may not be shipped, every twentieth item is out of stock. */
function makeCatalogue({ items }: BasketData): ReleaseCatalogue {
  const rows = MARKETS.flatMap((market) => items.id.map((id, item) => ({ market, id, item })));
  const flag = (isNo: () => boolean) => Int32Array.from(rows, () => (isNo() ? 0 : 1));
  const clicks = Array.from({ length: SESSIONS }, (_, session) => {
    const start = anyItem();
    return Array.from({ length: 2 + rng.nextInt(8) }, () => ({ session, item: (start + rng.nextInt(30)) % ITEMS }));
  }).flat();
  return {
    ...EMPTY_CATALOGUE,
    products: {
      store: items.store,
      id: items.id,
      category: items.id.map((_, item) => `Category ${item % 60}`),
      priceMinor: Float64Array.from(items.id, () => 100 + rng.nextInt(5000)),
      currency: items.id.map(() => "GBP"),
      costMinor: Float64Array.from(items.id, () => 50 + rng.nextInt(50)),
    },
    offers: {
      store: rows.map(() => "shop"),
      id: rows.map(({ id }) => id),
      market: rows.map(({ market }) => market),
      sellable: flag(() => false),
      shippable: flag(() => rng.nextInt(10) === 0),
      hidden: Int32Array.from(rows, () => 0),
      fromDay: Int32Array.from(rows, () => NO_FROM),
      untilDay: Int32Array.from(rows, () => NO_UNTIL),
      priceMinor: Float64Array.from(rows, () => -1),
      currency: rows.map(() => ""),
      stockUnits: Float64Array.from(rows, ({ item }) => (item % 20 === 7 ? 0 : 5)),
    },
    views: {
      store: clicks.map(() => "shop"),
      visitor: clicks.map(({ session }) => `V${session}`),
      session: clicks.map(({ session }) => `S${session}`),
      id: clicks.map(({ item }) => `P${item}`),
    },
    markets: new Set(MARKETS),
  };
}

/** The best 100 of every customer, as the nightly run publishes them. */
function publishLists(data: BasketData, { neighbours, histories }: FittedRecommender): CollaborativeLists {
  const score = createNeighbourScorer(neighbours);
  const places = CUSTOMERS * LISTED;
  const items = new Int32Array(places).fill(-1);
  const [scores, because, support] = [new Float32Array(places), new Int32Array(places), new Int32Array(places)];
  for (let customer = 0; customer < CUSTOMERS; customer++) {
    const [from, to] = [histories.rowPtr[customer], histories.rowPtr[customer + 1]];
    const given = histories.item.subarray(from, to);
    const best = score({ given, weights: histories.weight.subarray(from, to), n: LISTED });
    items.set(best.items, customer * LISTED);
    scores.set(best.scores, customer * LISTED);
    because.set(best.because, customer * LISTED);
    support.set(best.becauseSupport, customer * LISTED);
  }
  const store = { store: "shop", items: data.items.id, customers: data.customers.id };
  const known = {
    rowCount: CUSTOMERS,
    colCount: data.items.id.length,
    rowPtr: histories.rowPtr,
    colIdx: histories.item,
    values: Float32Array.from(histories.weight),
  };
  const fitted = { lists: { keep: LISTED, items, scores }, because, support, neighbours, histories: known };
  const files = new Map(encodeCollaborative([{ data: store, fitted }]).map(({ name, bytes }) => [name, bytes]));
  return readCollaborativeLists((name) => files.get(name) ?? new Uint8Array(0), data);
}
