import type { BasketRules } from "../../../algorithms/recommendation/mine-basket-rules.ts";
import type { ItemNeighbours } from "../../../algorithms/recommendation/item-neighbours.ts";
import type { Clock } from "../../../core/clock.ts";
import type { IsoDate } from "../../../core/dates.ts";
import type { RecommenderArtefact } from "../artefacts.ts";
import type { Reason, Recommendation, RecommendedItem } from "../recommender.ts";
import { describeRule, reasonOf, strategyOf } from "./describe-places.ts";
import type { Eligibility } from "./eligibility.ts";
import { explainItem } from "./explain-places.ts";
import type { ItemFacts } from "./item-facts.ts";
import { createPlaceWriter } from "./items-text.ts";
import type { Knobs } from "./knobs.ts";
import { ListedAnswer } from "./listed-answer.ts";
import type { Scene } from "./open-scene.ts";
import type { Place, Shelf, ShelfRequest, Tier } from "./shelf.ts";
import type { Evidence } from "./tiers.ts";

const DAY_MS = 86_400_000;
const NO_EVIDENCE: Evidence = { given: [] };

/** What an answer is made from. */
export interface Question {
  readonly knobs: Knobs;
  readonly scene: Scene;
  /** Most personal first. */
  readonly tiers: readonly Tier[];
  readonly excluded: readonly ArrayLike<number>[];
  readonly evidence?: Evidence;
  readonly ignored?: readonly string[];
  readonly only?: readonly number[];
  /** The rule of two given items that spoke for an item, by its number. */
  readonly ruled?: ReadonlyMap<number, number> | undefined;
  readonly explainMore?: (place: Place) => Reason | undefined;
}

export interface AnswerParts {
  readonly items: RecommenderArtefact["items"];
  readonly neighbours: ItemNeighbours;
  readonly rules: BasketRules;
  readonly facts: ItemFacts;
  readonly eligibility: Eligibility;
  readonly buildShelf: (request: ShelfRequest) => Shelf;
  readonly asOf: IsoDate;
  /** Its day decides which offers have begun or ended. */
  readonly clock: Clock;
}

export type Answerer = (question: Question) => { readonly recommendation: ListedAnswer; readonly shelf: Shelf };

/** Makes what fills the places of a list under the filters and says of each what it is and why it is there. */
export function createAnswerer(parts: AnswerParts): Answerer {
  const { items, neighbours, rules, facts, eligibility, buildShelf, asOf, clock } = parts;
  const silence = { neighbours, evidence: NO_EVIDENCE };
  const writePlaces = createPlaceWriter(items, facts);

  const whyOf = (place: Place, { explainMore, scene }: Question): Reason =>
    explainMore?.(place) ?? reasonOf(place, scene.market, items.id);

  const describe = (place: Place, question: Question): RecommendedItem => {
    const { knobs, scene, evidence = NO_EVIDENCE, ruled } = question;
    const { item } = place;
    const price = facts.priceOf(item, scene.market);
    const rule = place.source === "basket" ? ruled?.get(item) : undefined;
    return {
      itemId: items.id[item] as string,
      title: items.title[item] as string,
      category: facts.category[item] || null,
      priceMinor: price?.minor ?? null,
      currency: price?.currency ?? null,
      score: place.score,
      source: place.source,
      reason: whyOf(place, question),
      ...(rule === undefined ? {} : { rule: describeRule(rules, rule, items.id) }),
      ...(knobs.exploration === undefined ? {} : { propensity: place.propensity }),
      ...(knobs.explain === true
        ? {
            contributions: explainItem(
              place.because < 0 ? silence : (place.voice ?? { neighbours, evidence }),
              item,
            ).map((part) => ({
              itemId: items.id[part.item] as string,
              share: part.share,
            })),
          }
        : {}),
    };
  };

  return (question) => {
    const { knobs, scene, tiers, excluded, ignored = [], only } = question;
    const { store, market } = scene;
    const day = Math.floor(clock.now().getTime() / DAY_MS);
    const mask = eligibility.forMarket(market, day).barred;
    const shelf = buildShelf({ knobs, itemById: store.itemById, market, mask, excluded, tiers, only });
    const { places } = shelf;
    const level = levelOf(tiers, places);
    // The texts know neither contributions nor propensities.
    const isPlain = knobs.explain !== true && knobs.exploration === undefined;
    const recommendation = new ListedAnswer(
      {
        store: store.id,
        asOf,
        market: market ?? null,
        strategy: strategyOf(level, market !== undefined && store.popularByMarket.has(market)),
        level,
        ignored,
      },
      {
        describe: () => places.map((place) => describe(place, question)),
        write: isPlain
          ? (parts) => writePlaces(parts, places, market, (place) => whyOf(place, question))
          : (parts, answer) => void parts.push(JSON.stringify(answer.items)),
      },
    );
    return { recommendation, shelf };
  };
}

/** The most personal source in the list; what filled its first place where none of the tiers did. */
function levelOf(tiers: readonly Tier[], places: readonly Place[]): Recommendation["level"] {
  for (const { source } of tiers) if (places.some((place) => place.source === source)) return source;
  return places[0]?.source ?? "none";
}
