import { blendBasketRules, indexRules } from "../../../algorithms/recommendation/blend-basket-rules.ts";
import type { SessionKnnParams } from "../../../algorithms/recommendation/session/fit-session-knn.ts";
import { createNeighbourScorer } from "../../../algorithms/recommendation/score-by-neighbours.ts";
import type { Clock } from "../../../core/clock.ts";
import { fromDayNumber, toDayNumber, type IsoDate } from "../../../core/dates.ts";
import { fail } from "../../../core/errors.ts";
import type { CollaborativeLists } from "../../collaborative/collaborative-lists.ts";
import type { RecommenderArtefact } from "../artefacts.ts";
import type { PopularList } from "../fit-recommender.ts";
import type { Recommendation, Recommender, RemovedItem, Source } from "../recommender.ts";
import { createAnswerer, type Question } from "./answer-question.ts";
import { NOT_ASKED } from "./bar-items.ts";
import { createEligibility, nameBar } from "./eligibility.ts";
import { createExplorer } from "./exploration.ts";
import { createFallbackChain, popularInMarket, wantsModel } from "./fallback-chain.ts";
import { createItemFacts } from "./item-facts.ts";
import { createMarketTerms } from "./market-terms.ts";
import { createScenes, findItems, type Scene } from "./open-scene.ts";
import { createPurchaseHistory } from "./purchase-history.ts";
import type { ReleaseCatalogue } from "./release-catalogue.ts";
import { createSalesLists } from "./sales-lists.ts";
import { createSessionRanker } from "./session-ranker.ts";
import { createShelfBuilder, type Tier } from "./shelf.ts";
import { indexStores, numberItems } from "./store-index.ts";
import { listTier, neighbourTier, sessionTier } from "./tiers.ts";
import { indexViews, MOST_CLICKS } from "./view-index.ts";

export interface RecommenderParts {
  readonly artefact: RecommenderArtefact;
  /** The last day of the orders that the artefact was learned from. */
  readonly asOf: IsoDate;
  readonly historyHalfLifeDays: number;
  readonly catalogue: ReleaseCatalogue;
  /** How visits speak for each other; missing: what is bought together speaks for them. */
  readonly sessionParams?: SessionKnnParams | undefined;
  /** Its day decides which offers have begun or ended. */
  readonly clock: Clock;
  /** Answers for customers of whom nothing newer is known. */
  readonly lists?: CollaborativeLists | undefined;
  /** Whether the neighbours of `lists` speak first of what goes with an item of a store, unasked; missing: nowhere. */
  readonly isCollaborativeBetter?: ((store: string) => boolean) | undefined;
}

/** Puts models and tables of one release together; see `Recommender` for what it answers. One serves one thread. */
export function createRecommender(parts: RecommenderParts): Recommender {
  const { artefact, asOf, catalogue, clock, lists, isCollaborativeBetter } = parts;
  const { items, customers, fitted } = artefact;
  const { neighbours, rules } = fitted;
  const itemCount = items.id.length;
  const stores = indexStores(artefact);
  const numbered = ({ store, id }: { store: readonly string[]; id: readonly string[] }) =>
    numberItems(stores, store, id);
  const itemOfOffer = numbered(catalogue.offers);
  const itemOfProduct = numbered(catalogue.products);
  const facts = createItemFacts(catalogue, itemOfProduct, itemOfOffer, itemCount);
  const terms = createMarketTerms(catalogue, itemOfProduct, numbered(catalogue.landed), facts.priceOf, itemCount);
  const salesLists = createSalesLists(catalogue.sales, numbered(catalogue.sales), itemCount);
  const itemOfView = numbered(catalogue.views);
  const rankSession = createSessionRanker(catalogue.views, itemOfView, itemCount, parts.sessionParams);
  const viewsOf = indexViews(catalogue.views, itemOfView);
  const score = createNeighbourScorer(neighbours);
  const ruleBook = indexRules(rules, itemCount);
  const scoreBasket = blendBasketRules(score, rules, ruleBook, fitted.ruleWeight);
  const history = createPurchaseHistory(fitted.histories, parts.historyHalfLifeDays);
  const scenes = createScenes(stores, catalogue, customers.market);
  const scoreLists = lists === undefined ? undefined : createNeighbourScorer(lists.neighbours);
  const chain = createFallbackChain({ score, history, lists, scoreLists, units: salesLists.units });
  const explorer = createExplorer(catalogue.clicks, numbered(catalogue.clicks), facts);
  const answer = createAnswerer({
    items,
    neighbours,
    rules,
    facts,
    eligibility: createEligibility(catalogue.offers, itemOfOffer, itemCount),
    buildShelf: createShelfBuilder(neighbours, facts, terms, explorer),
    asOf,
    clock,
  });
  const recommend = (question: Question): Recommendation => answer(question).recommendation;
  /** Purchases are left out only where the request says so. */
  const ownedIfAsked = (knobs: Question["knobs"], { customer, live }: Scene): ArrayLike<number>[] =>
    knobs.excludePurchased === true ? [history.owned(customer, live, knobs.coolDownDays)] : [];

  return {
    storeOf: (id) => scenes.findStore(id).id,
    models: () => [...(lists === undefined ? [] : (["collaborative"] as const)), "co-purchase", "popular"],
    similar: (knobs) => {
      const scene = scenes.open(knobs);
      const item = scene.store.itemById.get(knobs.itemId);
      if (item === undefined) {
        throw fail(
          "RECOMMENDATION_ITEM_UNKNOWN",
          `Store "${scene.store.id}" has never sold an item "${knobs.itemId}".`,
        );
      }
      const evidence = { given: [item] };
      const tiers: Tier[] = [];
      const isFirst =
        knobs.model === "collaborative" ||
        (knobs.model === undefined && isCollaborativeBetter?.(scene.store.id) === true);
      if (lists !== undefined && scoreLists !== undefined && isFirst) {
        tiers.push(neighbourTier(scoreLists, "item", evidence, { neighbours: lists.neighbours, evidence }));
      }
      if (wantsModel(knobs.model, "co-purchase")) tiers.push(neighbourTier(score, "item", evidence));
      return recommend({ knobs, scene, evidence, tiers: [...tiers, ...chain.popular(scene)], excluded: [[item]] });
    },
    forCustomer: (knobs) => {
      const scene = scenes.open(knobs);
      const { tiers, evidence } = chain.taste(knobs, scene);
      return recommend({
        knobs,
        scene,
        evidence,
        tiers: [...tiers, ...chain.popular(scene)],
        excluded: chain.owned(knobs, scene),
      });
    },
    forBasket: (knobs) => {
      const scene = scenes.open(knobs);
      const { known, ignored } = findItems(scene.store, knobs.items);
      const evidence = { given: known };
      return recommend({
        knobs,
        scene,
        evidence,
        tiers: [
          neighbourTier(scoreBasket, "basket", evidence),
          ...chain.taste(knobs, scene).tiers,
          ...chain.popular(scene),
        ],
        excluded: [known, ...chain.owned(knobs, scene)],
        ignored,
        ruled: knobs.explain === true && fitted.ruleWeight > 0 ? ruleBook.find(known) : undefined,
      });
    },
    forSession: (knobs) => {
      const scene = scenes.open(knobs);
      const { known, ignored } = findItems(scene.store, knobs.items ?? []);
      const clicks = lastClicks(scene, known);
      const evidence = { given: [...new Set(clicks.toReversed())].toReversed() };
      return recommend({
        knobs,
        scene,
        evidence,
        tiers: [
          ...(rankSession === undefined || clicks.length === 0 ? [] : [sessionTier(rankSession, clicks)]),
          neighbourTier(score, "session", evidence),
          // The events of the visit have spoken already.
          ...chain.taste(knobs, { ...scene, live: [] }).tiers,
          ...chain.popular(scene),
        ],
        excluded: [evidence.given, ...chain.owned(knobs, scene)],
        ignored,
      });
    },
    popular: (knobs) => {
      const scene = scenes.open(knobs);
      const { store, market } = scene;
      const { window } = knobs;
      const windowed = (source: Source, place: string | undefined): Tier[] =>
        window === undefined ? [] : [listTier(source, salesLists.popular(store.id, place, window))];
      const tiers = [
        ...(market === undefined ? [] : windowed("market-popular", market)),
        ...windowed("global-popular", undefined),
        ...chain.popular(scene),
      ];
      return recommend({ knobs, scene, tiers, excluded: [] });
    },
    trending: (knobs) => {
      const scene = scenes.open(knobs);
      const list = salesLists.trending(scene.store.id, scene.market);
      return recommend({ knobs, scene, tiers: [listTier("trending", list), ...chain.popular(scene)], excluded: [] });
    },
    buyAgain: (knobs) => {
      const scene = scenes.open(knobs);
      const { customer, live } = scene;
      const bought = history.purchases(customer);
      const byItem = new Map(bought.map((purchase) => [purchase.item, purchase]));
      const due = bought.toSorted((a, b) => b.frequency - a.frequency || a.item - b.item);
      const { coolDownDays } = knobs;
      const { tiers, evidence } = chain.taste(knobs, scene);
      return recommend({
        knobs,
        scene,
        evidence,
        tiers: [
          listTier(
            "buy-again",
            toList(due, itemOf, ({ frequency }) => frequency),
          ),
          ...tiers,
          ...chain.popular(scene),
        ],
        excluded: [coolDownDays === undefined ? [] : history.owned(customer, live, coolDownDays)],
        explainMore: ({ source, item }) => {
          const purchase = source === "buy-again" ? byItem.get(item) : undefined;
          if (purchase === undefined) return undefined;
          const on = fromDayNumber(toDayNumber(asOf) - purchase.ageDays);
          return { kind: "bought-before", orders: purchase.orders, on };
        },
      });
    },
    recentlyViewed: (knobs) => {
      const scene = scenes.open(knobs);
      const viewed = [...Array.from(viewsOf(scene.store.id, knobs.customerId)), ...scene.live.map(itemOf)];
      const newestFirst = [...new Set(viewed.toReversed())];
      const { tiers, evidence } = chain.taste(knobs, scene);
      const list = toList(newestFirst, same, (_, at) => 1 / (1 + at));
      return recommend({
        knobs,
        scene,
        evidence,
        tiers: [listTier("recently-viewed", list), ...tiers, ...chain.popular(scene)],
        excluded: ownedIfAsked(knobs, scene),
      });
    },
    rank: (knobs) => {
      const scene = scenes.open(knobs);
      const { store, customer, live } = scene;
      const { known, ignored } = findItems(store, knobs.candidates);
      const given = findItems(store, knobs.items ?? []);
      const clicks = lastClicks(scene, given.known);
      const evidence = {
        ...(clicks.length > 0 ? { given: [...new Set(clicks)] } : history.evidence(customer, live)),
        mayReturn: true,
      };
      const { recommendation, shelf } = answer({
        knobs,
        scene,
        evidence,
        tiers: [
          ...(clicks.length > 0 ? [neighbourTier(score, "session", evidence)] : []),
          ...chain.taste({ ...knobs, excludePurchased: false }, scene).tiers,
          ...popularInMarket(scene),
          listTier("global-popular", store.popular),
          listTier(
            "as-given",
            toList(known, same, () => 0),
          ),
        ],
        excluded: ownedIfAsked(knobs, scene),
        only: known,
        ignored: [...ignored, ...given.ignored],
      });
      const removed = known.flatMap((item): RemovedItem[] => {
        const bits = shelf.barredBy(item) & ~NOT_ASKED;
        return bits === 0 ? [] : [{ itemId: items.id[item] as string, reason: nameBar(bits) }];
      });
      return Object.assign(recommendation, { removed });
    },
  };
}

/** What the shopper clicked in this visit, oldest first: what was posted, then what the request names. */
function lastClicks({ live }: Scene, named: readonly number[]): number[] {
  return [...live.map(itemOf), ...named].slice(-MOST_CLICKS);
}

function itemOf({ item }: { readonly item: number }): number {
  return item;
}

function same(item: number): number {
  return item;
}

function toList<T>(
  entries: readonly T[],
  item: (entry: T) => number,
  score: (entry: T, at: number) => number,
): PopularList {
  return { items: Int32Array.from(entries, item), scores: Float64Array.from(entries, score) };
}
