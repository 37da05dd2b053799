import { blendBasketRules, indexRules } from "../../../algorithms/recommendation/blend-basket-rules.ts";
import { createNeighbourScorer } from "../../../algorithms/recommendation/score-by-neighbours.ts";
import type { Clock } from "../../../core/clock.ts";
import { fromDayNumber, toDayNumber, type IsoDate } from "../../../core/dates.ts";
import { fail } from "../../../core/errors.ts";
import type { CollaborativeLists } from "../../collaborative/collaborative-lists.ts";
import type { RecommenderArtefact } from "../artefacts.ts";
import type { PopularList } from "../fit-recommender.ts";
import type { Reason, RecentEvent, Recommendation, Recommender, RemovedItem, Rule, Source } from "../recommender.ts";
import { NOT_ASKED } from "./bar-items.ts";
import { BAR, createEligibility } from "./eligibility.ts";
import { createExplorer } from "./exploration.ts";
import { explainItem } from "./explain-places.ts";
import { createItemFacts } from "./item-facts.ts";
import { createPlaceWriter, setItemsText } from "./items-text.ts";
import type { Knobs, ModelChoice } from "./knobs.ts";
import { createPurchaseHistory, type LiveItem } from "./purchase-history.ts";
import type { ReleaseCatalogue } from "./release-catalogue.ts";
import { createRememberedTier } from "./remembered-tier.ts";
import { createSalesLists } from "./sales-lists.ts";
import { createSessionRanker } from "./session-ranker.ts";
import { createShelfBuilder, type Place, type Shelf, type Tier } from "./shelf.ts";
import { indexStores, numberItems, type Store } from "./store-index.ts";
import { catalogueTier, listTier, neighbourTier, rankedTier, sessionTier, type Evidence } from "./tiers.ts";

const DAY_MS = 86_400_000;
const MOST_CLICKS = 50;
const NO_EVIDENCE: Evidence = { given: [] };

export interface RecommenderParts {
  readonly artefact: RecommenderArtefact;
  /** The last day of the orders that the artefact was learned from. */
  readonly asOf: IsoDate;
  readonly historyHalfLifeDays: number;
  readonly catalogue: ReleaseCatalogue;
  /** Its day decides which offers have begun or ended. */
  readonly clock: Clock;
  /** Answers for customers of whom nothing newer is known. */
  readonly lists?: CollaborativeLists | undefined;
}

/** What an answer is made from. */
interface Question {
  readonly knobs: Knobs;
  readonly store: Store;
  readonly market: string | undefined;
  readonly tiers: readonly Tier[];
  readonly excluded: readonly ArrayLike<number>[];
  readonly evidence?: Evidence;
  readonly ignored?: readonly string[];
  readonly only?: readonly number[];
  /** The rule of two given items that spoke for an item, by its number. */
  readonly ruled?: ReadonlyMap<number, number> | undefined;
  readonly explainMore?: (place: Place) => Reason | undefined;
}

/** Puts models and tables of one release together; see `Recommender` for what it answers. One serves one thread. */
export function createRecommender(parts: RecommenderParts): Recommender {
  const { artefact, asOf, catalogue, clock } = parts;
  const { items, customers, fitted } = artefact;
  const itemCount = items.id.length;
  const stores = indexStores(artefact);
  const numbered = ({ store, id }: { store: readonly string[]; id: readonly string[] }) =>
    numberItems(stores, store, id);
  const itemOfOffer = numbered(catalogue.offers);
  const eligibility = createEligibility(catalogue.offers, itemOfOffer, itemCount);
  const facts = createItemFacts(catalogue, numbered(catalogue.products), itemOfOffer, itemCount);
  const salesLists = createSalesLists(catalogue.sales, numbered(catalogue.sales), itemCount);
  const itemOfView = numbered(catalogue.views);
  const rankSession = createSessionRanker(catalogue.views, itemOfView, itemCount);
  const viewedBy = indexViews(catalogue.views, itemOfView);
  const score = createNeighbourScorer(fitted.neighbours);
  const { rules } = fitted;
  const ruleBook = indexRules(rules, itemCount);
  const scoreBasket = blendBasketRules(score, rules, ruleBook, fitted.ruleWeight);
  const rememberedTier = createRememberedTier(score);
  const history = createPurchaseHistory(fitted.histories, parts.historyHalfLifeDays);
  const buildShelf = createShelfBuilder(
    fitted.neighbours,
    facts,
    createExplorer(catalogue.clicks, numbered(catalogue.clicks), facts),
  );
  const writePlaces = createPlaceWriter(items, facts);
  const lastDay = toDayNumber(asOf);

  const largest = [...stores.values()].reduce<Store | undefined>(
    (best, store) => (best === undefined || store.itemById.size > best.itemById.size ? store : best),
    undefined,
  );
  const findStore = (id: string | undefined): Store => {
    const store = id === undefined ? largest : stores.get(id);
    if (store !== undefined) return store;
    const known = [...stores.keys()].join(", ");
    throw fail("REQUEST_INVALID", `Store "${String(id)}" sells nothing here; known are ${known}.`, {
      errors: [{ pointer: "/store", message: `must be one of ${known}` }],
    });
  };
  const offerMarkets = new Set(catalogue.offers.market.filter((market) => market !== ""));
  /** A market that does not exist is as none; those that orders or offers name do exist. */
  const findMarket = (store: Store, asked: string | undefined, usual?: string): string | undefined => {
    const exists = (market: string) =>
      catalogue.markets.has(market) || offerMarkets.has(market) || store.popularByMarket.has(market);
    return asked !== undefined && exists(asked) ? asked : usual;
  };
  const findItems = (store: Store, ids: readonly string[]): { known: number[]; ignored: string[] } => {
    const distinct = [...new Set(ids)];
    return {
      known: distinct.flatMap((id) => store.itemById.get(id) ?? []),
      ignored: distinct.filter((id) => !store.itemById.has(id)),
    };
  };
  const findLive = (store: Store, recent: readonly RecentEvent[] = []): LiveItem[] =>
    recent.flatMap(({ itemId, kind }) => {
      const item = store.itemById.get(itemId);
      return item === undefined ? [] : [{ item, kind }];
    });
  const popularTiers = (store: Store, market: string | undefined): Tier[] => {
    const own = market === undefined ? undefined : store.popularByMarket.get(market);
    return [
      ...(own === undefined ? [] : [listTier("market-popular", own)]),
      listTier("global-popular", store.popular),
      catalogueTier(store.itemById.values(), salesLists.units),
    ];
  };
  const customerOf = (store: Store, id: string | undefined): number =>
    id === undefined ? -1 : (store.customerById.get(id) ?? -1);
  const homeOf = (customer: number): string | undefined => (customer < 0 ? undefined : customers.market[customer]);

  const reasonOf = (place: Place, market: string | undefined): Reason => {
    const withItemId = place.because < 0 ? "" : (items.id[place.because] as string);
    switch (place.source) {
      case "promotion":
        return { kind: "promoted" };
      case "catalogue":
      case "as-given":
        return { kind: "in-catalogue" };
      case "recently-viewed":
        return { kind: "viewed-before" };
      case "global-popular":
        return { kind: "popular", market: null };
      case "market-popular":
        return { kind: "popular", market: market ?? null };
      case "trending":
        return { kind: "trending", market: market ?? null };
      case "session":
        if (place.support === 0) return { kind: "viewed-next", withItemId };
        break;
      default:
    }
    return { kind: "bought-together", withItemId, support: place.support };
  };

  const describeRule = (rule: number | undefined): { rule?: Rule } => {
    if (rule === undefined) return {};
    const given = [rules.first[rule] as number, rules.second[rule] as number];
    return {
      rule: {
        itemIds: given.map((item) => items.id[item] as string),
        support: rules.support[rule] as number,
        confidence: rules.confidence[rule] as number,
        lift: rules.lift[rule] as number,
      },
    };
  };

  const answer = (question: Question): { recommendation: Recommendation; shelf: Shelf } => {
    const { knobs, store, market, tiers, excluded, evidence = NO_EVIDENCE, ignored = [], only } = question;
    const day = Math.floor(clock.now().getTime() / DAY_MS);
    const mask = eligibility.forMarket(market, day).barred;
    const shelf = buildShelf({ knobs, itemById: store.itemById, market, mask, excluded, tiers, only });
    const sources = new Set(shelf.places.map(({ source }) => source));
    const level: Recommendation["level"] =
      tiers.find(({ source }) => sources.has(source))?.source ?? [...sources][0] ?? "none";
    const recommendation: Recommendation = {
      store: store.id,
      asOf,
      market: market ?? null,
      strategy: strategyOf(level, market !== undefined && store.popularByMarket.has(market)),
      level,
      items: shelf.places.map((place) => {
        const { item } = place;
        const price = facts.priceOf(item, market);
        return {
          itemId: items.id[item] as string,
          title: items.title[item] as string,
          category: facts.category[item] || null,
          priceMinor: price?.minor ?? null,
          currency: price?.currency ?? null,
          score: place.score,
          source: place.source,
          reason: question.explainMore?.(place) ?? reasonOf(place, market),
          ...(place.source === "basket" ? describeRule(question.ruled?.get(item)) : {}),
          ...(knobs.exploration === undefined ? {} : { propensity: place.propensity }),
          ...(knobs.explain === true
            ? {
                contributions: explainItem(fitted.neighbours, place.because < 0 ? NO_EVIDENCE : evidence, item).map(
                  (part) => ({ itemId: items.id[part.item] as string, share: part.share }),
                ),
              }
            : {}),
        };
      }),
      ignored,
    };
    // The texts know neither contributions nor propensities.
    if (knobs.explain !== true && knobs.exploration === undefined) {
      setItemsText(recommendation.items, () => writePlaces(recommendation.items, shelf.places, market));
    }
    return { recommendation, shelf };
  };
  const recommend = (question: Question): Recommendation => answer(question).recommendation;

  /** The chain for a customer: taste, then what is popular. */
  const customerTiers = (
    knobs: Knobs,
    customer: number,
    live: readonly LiveItem[],
  ): { tiers: Tier[]; evidence: Evidence } => {
    const mayReturn = knobs.excludePurchased === false || knobs.coolDownDays !== undefined;
    const evidence = { ...history.evidence(customer, live), mayReturn };
    // Neither a published nor a kept list knows of today's events, and both leave out what was bought.
    const isSteady = customer >= 0 && live.length === 0 && !mayReturn;
    const { model } = knobs;
    const list = isSteady && wants(model, "collaborative") ? parts.lists?.forCustomer(customer) : undefined;
    const taste = isSteady ? rememberedTier(customer, evidence) : neighbourTier(score, "customer", evidence);
    const tiers = [
      ...(list === undefined ? [] : [rankedTier("customer", list)]),
      ...(evidence.given.length === 0 || !wants(model, "co-purchase") ? [] : [taste]),
    ];
    return { evidence, tiers };
  };
  const ownedBy = (knobs: Knobs, customer: number, live: readonly LiveItem[]): ArrayLike<number>[] =>
    knobs.excludePurchased === false ? [] : [history.owned(customer, live, knobs.coolDownDays)];

  const recommender: Recommender = {
    storeOf: (id) => findStore(id).id,
    models: () => [...(parts.lists === undefined ? [] : (["collaborative"] as const)), "co-purchase", "popular"],
    similar: (knobs) => {
      requireKnobs(knobs);
      const store = findStore(knobs.store);
      const item = store.itemById.get(knobs.itemId);
      if (item === undefined) {
        throw fail("RECOMMENDATION_ITEM_UNKNOWN", `Store "${store.id}" has never sold an item "${knobs.itemId}".`);
      }
      const market = findMarket(store, knobs.market);
      const evidence = { given: [item] };
      const own = wants(knobs.model, "co-purchase") ? [neighbourTier(score, "item", evidence)] : [];
      const tiers = [...own, ...popularTiers(store, market)];
      return recommend({ knobs, store, market, tiers, evidence, excluded: [[item]] });
    },
    forCustomer: (knobs) => {
      requireKnobs(knobs);
      const store = findStore(knobs.store);
      const customer = customerOf(store, knobs.customerId);
      const market = findMarket(store, knobs.market, homeOf(customer));
      const live = findLive(store, knobs.recent);
      const { tiers, evidence } = customerTiers(knobs, customer, live);
      const chain = [...tiers, ...popularTiers(store, market)];
      return recommend({ knobs, store, market, evidence, tiers: chain, excluded: ownedBy(knobs, customer, live) });
    },
    forBasket: (knobs) => {
      requireKnobs(knobs);
      const store = findStore(knobs.store);
      const customer = customerOf(store, knobs.customerId);
      const market = findMarket(store, knobs.market, homeOf(customer));
      const { known, ignored } = findItems(store, knobs.items);
      const evidence = { given: known };
      const tiers = [
        neighbourTier(scoreBasket, "basket", evidence),
        ...customerTiers(knobs, customer, []).tiers,
        ...popularTiers(store, market),
      ];
      const excluded = [known, ...ownedBy(knobs, customer, [])];
      const ruled = knobs.explain === true && fitted.ruleWeight > 0 ? ruleBook.find(known) : undefined;
      return recommend({ knobs, store, market, evidence, tiers, excluded, ignored, ruled });
    },
    forSession: (knobs) => {
      requireKnobs(knobs);
      const store = findStore(knobs.store);
      const customer = customerOf(store, knobs.customerId);
      const market = findMarket(store, knobs.market, homeOf(customer));
      const live = findLive(store, knobs.recent);
      const { known, ignored } = findItems(store, knobs.items ?? []);
      const clicks = [...live.map(({ item }) => item), ...known].slice(-MOST_CLICKS);
      const evidence = { given: [...new Set(clicks.toReversed())].toReversed() };
      const tiers = [
        ...(rankSession === undefined || clicks.length === 0 ? [] : [sessionTier(rankSession, clicks)]),
        neighbourTier(score, "session", evidence),
        ...customerTiers(knobs, customer, []).tiers,
        ...popularTiers(store, market),
      ];
      const excluded = [evidence.given, ...ownedBy(knobs, customer, live)];
      return recommend({ knobs, store, market, evidence, tiers, excluded, ignored });
    },
    popular: (knobs) => {
      requireKnobs(knobs);
      const store = findStore(knobs.store);
      const market = findMarket(store, knobs.market);
      const { window } = knobs;
      const windowed = (source: Source, place: string | undefined): Tier[] =>
        window === undefined ? [] : [listTier(source, salesLists.popular(store.id, place, window))];
      const tiers = [
        ...(market === undefined ? [] : windowed("market-popular", market)),
        ...windowed("global-popular", undefined),
        ...popularTiers(store, market),
      ];
      return recommend({ knobs, store, market, tiers, excluded: [] });
    },
    trending: (knobs) => {
      requireKnobs(knobs);
      const store = findStore(knobs.store);
      const market = findMarket(store, knobs.market);
      const list = salesLists.trending(store.id, market);
      const tiers = [listTier("trending", list), ...popularTiers(store, market)];
      return recommend({ knobs, store, market, tiers, excluded: [] });
    },
    buyAgain: (knobs) => {
      requireKnobs(knobs);
      const store = findStore(knobs.store);
      const customer = customerOf(store, knobs.customerId);
      const market = findMarket(store, knobs.market, homeOf(customer));
      const live = findLive(store, knobs.recent);
      const bought = history.purchases(customer);
      const byItem = new Map(bought.map((purchase) => [purchase.item, purchase]));
      const due = bought.toSorted((a, b) => b.frequency - a.frequency || a.item - b.item);
      const { coolDownDays } = knobs;
      const cooling = coolDownDays === undefined ? [] : history.owned(customer, live, coolDownDays);
      const { tiers, evidence } = customerTiers(knobs, customer, live);
      return recommend({
        knobs,
        store,
        market,
        evidence,
        tiers: [
          listTier(
            "buy-again",
            toList(
              due,
              ({ item }) => item,
              ({ frequency }) => frequency,
            ),
          ),
          ...tiers,
          ...popularTiers(store, market),
        ],
        excluded: [cooling],
        explainMore: ({ source, item }) => {
          const purchase = source === "buy-again" ? byItem.get(item) : undefined;
          if (purchase === undefined) return undefined;
          return { kind: "bought-before", orders: purchase.orders, on: fromDayNumber(lastDay - purchase.ageDays) };
        },
      });
    },
    recentlyViewed: (knobs) => {
      requireKnobs(knobs);
      const store = findStore(knobs.store);
      const customer = customerOf(store, knobs.customerId);
      const market = findMarket(store, knobs.market, homeOf(customer));
      const live = findLive(store, knobs.recent);
      const viewed = [...(viewedBy.get(`${store.id}\n${knobs.customerId}`) ?? []), ...live.map(({ item }) => item)];
      const newestFirst = [...new Set(viewed.toReversed())];
      const { tiers, evidence } = customerTiers(knobs, customer, live);
      const list = toList(
        newestFirst,
        (item) => item,
        (_, at) => 1 / (1 + at),
      );
      return recommend({
        knobs,
        store,
        market,
        evidence,
        tiers: [listTier("recently-viewed", list), ...tiers, ...popularTiers(store, market)],
        excluded: knobs.excludePurchased === true ? [history.owned(customer, live, knobs.coolDownDays)] : [],
      });
    },
    rank: (knobs) => {
      requireKnobs(knobs);
      const store = findStore(knobs.store);
      const customer = customerOf(store, knobs.customerId);
      const market = findMarket(store, knobs.market, homeOf(customer));
      const live = findLive(store, knobs.recent);
      const { known, ignored } = findItems(store, knobs.candidates);
      const given = findItems(store, knobs.items ?? []);
      const clicks = [...live.map(({ item }) => item), ...given.known].slice(-MOST_CLICKS);
      const evidence = {
        ...(clicks.length > 0 ? { given: [...new Set(clicks)] } : history.evidence(customer, live)),
        mayReturn: true,
      };
      const own = market === undefined ? undefined : store.popularByMarket.get(market);
      const tiers = [
        ...(clicks.length > 0 ? [neighbourTier(score, "session", evidence)] : []),
        ...customerTiers({ ...knobs, excludePurchased: false }, customer, live).tiers,
        ...(own === undefined ? [] : [listTier("market-popular", own)]),
        listTier("global-popular", store.popular),
        listTier(
          "as-given",
          toList(
            known,
            (item) => item,
            () => 0,
          ),
        ),
      ];
      const excluded = knobs.excludePurchased === true ? [history.owned(customer, live, knobs.coolDownDays)] : [];
      const { recommendation, shelf } = answer({
        knobs,
        store,
        market,
        tiers,
        evidence,
        excluded,
        only: known,
        ignored: [...ignored, ...given.ignored],
      });
      const removed = known.flatMap((item): RemovedItem[] => {
        const bits = shelf.barredBy(item) & ~NOT_ASKED;
        return bits === 0 ? [] : [{ itemId: items.id[item] as string, reason: nameBar(bits) }];
      });
      return { ...recommendation, removed };
    },
  };
  return recommender;
}

function wants(asked: ModelChoice | undefined, model: ModelChoice): boolean {
  return asked === undefined || asked === model;
}

function toList<T>(
  entries: readonly T[],
  item: (entry: T) => number,
  score: (entry: T, at: number) => number,
): PopularList {
  return { items: Int32Array.from(entries, item), scores: Float64Array.from(entries, score) };
}

/** Items each visitor looked at, oldest first, the last 50. */
function indexViews(views: ReleaseCatalogue["views"], itemOf: Int32Array): Map<string, number[]> {
  const viewed = new Map<string, number[]>();
  itemOf.forEach((item, row) => {
    if (item < 0) return;
    const key = `${views.store[row] as string}\n${views.visitor[row] as string}`;
    const known = viewed.get(key);
    if (known === undefined) viewed.set(key, [item]);
    else {
      known.push(item);
      if (known.length > 2 * MOST_CLICKS) known.splice(0, MOST_CLICKS);
    }
  });
  return viewed;
}

function nameBar(bits: number): RemovedItem["reason"] {
  if ((bits & BAR.outOfStock) !== 0) return "out-of-stock";
  if ((bits & BAR.notSellable) !== 0) return "not-sellable";
  if ((bits & BAR.notShippable) !== 0) return "not-shippable";
  if ((bits & BAR.hidden) !== 0) return "hidden";
  return (bits & BAR.notAvailable) !== 0 ? "not-available" : "excluded";
}

function strategyOf(level: Source | "none", hasMarketList: boolean): Recommendation["strategy"] {
  switch (level) {
    case "session":
    case "customer":
    case "basket":
    case "item":
    case "market-popular":
    case "global-popular":
      return level;
    case "buy-again":
    case "recently-viewed":
      return "customer";
    default:
      return hasMarketList ? "market-popular" : "global-popular";
  }
}

function requireKnobs({ n, priceFromMinor, priceToMinor }: Knobs): void {
  if (!Number.isInteger(n) || n < 1 || n > 100) {
    throw fail("REQUEST_INVALID", `n is ${n}; it must be a whole number from 1 to 100.`, {
      errors: [{ pointer: "/n", message: "must be a whole number from 1 to 100" }],
    });
  }
  if (priceFromMinor !== undefined && priceToMinor !== undefined && priceFromMinor > priceToMinor) {
    const message = `priceToMinor is ${priceToMinor}; it must be at least priceFromMinor, ${priceFromMinor}.`;
    throw fail("REQUEST_INVALID", message, { errors: [{ pointer: "/priceToMinor", message }] });
  }
}
