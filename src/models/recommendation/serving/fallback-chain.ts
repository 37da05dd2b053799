import type { ScoredItems, ScoringRequest } from "../../../algorithms/recommendation/score-by-neighbours.ts";
import type { CollaborativeLists } from "../../collaborative/collaborative-lists.ts";
import type { Knobs, ModelChoice } from "./knobs.ts";
import type { Scene } from "./open-scene.ts";
import { addEvents, type PurchaseHistory } from "./purchase-history.ts";
import { createRememberedTier } from "./remembered-tier.ts";
import type { Tier } from "./shelf.ts";
import { catalogueTier, listTier, neighbourTier, type Evidence } from "./tiers.ts";

/** What a list falls back on, step by step: the taste of the customer, then what is popular, then anything that may be sold. */
export interface FallbackChain {
  /** Taste of the customer, if anything is known of it, and the evidence that it comes from. */
  taste(knobs: Knobs, scene: Scene): { readonly tiers: readonly Tier[]; readonly evidence: Evidence };
  /** Popular in the market, in the store, then the catalogue. */
  popular(scene: Scene): readonly Tier[];
  /** What the customer bought and shall not be shown again. */
  owned(knobs: Knobs, scene: Scene): readonly ArrayLike<number>[];
}

export interface FallbackParts {
  readonly score: (request: ScoringRequest) => ScoredItems;
  readonly history: PurchaseHistory;
  readonly lists: CollaborativeLists | undefined;
  /** Scores through the neighbours of `lists`. */
  readonly scoreLists: ((request: ScoringRequest) => ScoredItems) | undefined;
  /** Units sold, by item. */
  readonly units: Float64Array;
}

export function createFallbackChain({ score, history, lists, scoreLists, units }: FallbackParts): FallbackChain {
  const rememberedTier = createRememberedTier(score);
  /** The published list; of a customer with events since, the history with them through the model's neighbours. */
  const collaborativeTiers = (customer: number, live: Scene["live"], mayReturn: boolean): Tier[] => {
    if (lists === undefined || scoreLists === undefined || (mayReturn && live.length === 0)) return [];
    const known = lists.historyOf(customer);
    const { given, weights } = addEvents(known, live);
    const evidence = { given, weights, mayReturn };
    // Releases of old published no histories: there the events alone would say too little, and explain nothing.
    const isUnread = customer >= 0 && known.given.length === 0;
    const voice = isUnread ? undefined : { neighbours: lists.neighbours, evidence };
    if (live.length > 0) return isUnread ? [] : [neighbourTier(scoreLists, "customer", evidence, voice)];
    const list = lists.forCustomer(customer);
    return list === undefined ? [] : [listTier("customer", list, voice)];
  };
  return {
    taste: (knobs, { customer, live }) => {
      const mayReturn = knobs.excludePurchased === false || knobs.coolDownDays !== undefined;
      const { given, weights } = history.evidence(customer, live);
      const evidence = { given, weights, mayReturn };
      // Neither a published nor a kept list knows of today's events, and both leave out what was bought.
      const isSteady = customer >= 0 && live.length === 0 && !mayReturn;
      const { model } = knobs;
      const taste = isSteady ? rememberedTier(customer, evidence) : neighbourTier(score, "customer", evidence);
      const tiers = [
        ...(wantsModel(model, "collaborative") ? collaborativeTiers(customer, live, mayReturn) : []),
        ...(evidence.given.length === 0 || !wantsModel(model, "co-purchase") ? [] : [taste]),
      ];
      return { evidence, tiers };
    },
    popular: (scene) => [
      ...popularInMarket(scene),
      listTier("global-popular", scene.store.popular),
      catalogueTier(scene.store.itemById.values(), units),
    ],
    owned: (knobs, { customer, live }) =>
      knobs.excludePurchased === false ? [] : [history.owned(customer, live, knobs.coolDownDays)],
  };
}

/** What is popular in the market, where it has a list. */
export function popularInMarket({ store, market }: Scene): Tier[] {
  const own = market === undefined ? undefined : store.popularByMarket.get(market);
  return own === undefined ? [] : [listTier("market-popular", own)];
}

/** Whether a list may be made from the model. */
export function wantsModel(asked: ModelChoice | undefined, model: ModelChoice): boolean {
  return asked === undefined || asked === model;
}
