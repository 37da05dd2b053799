import type { ItemNeighbours } from "../../../algorithms/recommendation/item-neighbours.ts";
import { createDiverseSelector } from "../../../algorithms/recommendation/select-diverse.ts";
import type { Source } from "../recommender.ts";
import { barByKnobs, barItems, keepOnly, NOT_ASKED } from "./bar-items.ts";
import { createCandidatePool, POOL_CAPACITY, type CandidatePool } from "./candidate-pool.ts";
import type { Explorer } from "./exploration.ts";
import type { Voice } from "./explain-places.ts";
import type { ItemFacts } from "./item-facts.ts";
import type { Knobs } from "./knobs.ts";
import type { MarketTerms, MarketTermsSource } from "./market-terms.ts";
import { weighCandidates } from "./weigh-candidates.ts";

/** A step of the fallback chain. */
export interface Tier {
  readonly source: Source;
  /** What explains its places; missing: the evidence of the question through the co-purchase model. */
  readonly voice?: Voice | undefined;
  /** Adds about `want` of its best items that the pool does not bar; `tier` is its number. */
  fill(pool: CandidatePool, want: number, tier: number): void;
}

export interface ShelfRequest {
  readonly knobs: Knobs;
  /** Items of the store by id. */
  readonly itemById: ReadonlyMap<string, number>;
  readonly market: string | undefined;
  /** Business filters by item. */
  readonly mask: Uint8Array;
  /** Left out: purchases, the basket itself. */
  readonly excluded: readonly ArrayLike<number>[];
  /** Most personal first. */
  readonly tiers: readonly Tier[];
  /** Nothing else may come in. */
  readonly only?: readonly number[] | undefined;
}

/** A place of the list. */
export interface Place {
  readonly item: number;
  readonly score: number;
  readonly source: Source;
  readonly voice: Voice | undefined;
  /** −1 for none. */
  readonly because: number;
  readonly support: number;
  /** With which probability it is in the list; 1 where nothing explores. */
  readonly propensity: number;
}

export interface Shelf {
  readonly places: readonly Place[];
  /** The bits by which an item was barred before candidates were looked for. */
  readonly barredBy: (item: number) => number;
}

/** Candidates looked at for each place asked for when they are to be re-ranked. */
const POOL_FACTOR = 4;
const SMALLEST_POOL = 60;

/**
 * Makes a builder of lists: filters, then candidates tier by tier until there are enough, then weights, diversity, caps and
 * promotions. O(items / 8 + work of the tiers + n · candidates) an answer. One builder serves one thread.
 */
export function createShelfBuilder(
  neighbours: ItemNeighbours,
  facts: ItemFacts,
  termsSource: MarketTermsSource,
  explore: Explorer,
): (request: ShelfRequest) => Shelf {
  const { itemCount } = neighbours;
  const pool = createCandidatePool(itemCount);
  const barred = new Uint8Array(itemCount);
  const selectDiverse = createDiverseSelector(neighbours, facts.categoryNumber);

  return ({ knobs, itemById, market, mask, excluded, tiers, only }) => {
    const {
      n,
      diversity = 0,
      maxPerCategory = Infinity,
      marginWeight = 0,
      deliveryWeight = 0,
      seed,
      exploration,
      explorationSeed = 0,
    } = knobs;
    const numbersOf = (ids: readonly string[]): number[] => ids.flatMap((id) => itemById.get(id) ?? []);
    barred.set(mask);
    barByKnobs(barred, knobs, facts, market);
    for (const items of excluded) barItems(barred, items);
    if (knobs.excludeItems !== undefined) barItems(barred, numbersOf(knobs.excludeItems));
    if (only !== undefined) keepOnly(barred, only, NOT_ASKED);
    pool.reset(barred);

    const slots = Math.floor((knobs.promotionShare ?? 0) * n + 1e-9);
    const promoted = choosePromoted(pool, numbersOf(knobs.promote ?? []), slots, facts, maxPerCategory);
    const boosts = numberBoosts(knobs, itemById, facts);
    const isReranked =
      diversity > 0 ||
      maxPerCategory < Infinity ||
      marginWeight > 0 ||
      deliveryWeight > 0 ||
      boosts.size > 0 ||
      seed !== undefined;
    const wanted = n - promoted.length;
    const want =
      isReranked || exploration !== undefined
        ? Math.min(POOL_CAPACITY, Math.max(SMALLEST_POOL, POOL_FACTOR * wanted, only?.length ?? 0))
        : wanted;
    for (let tier = 0; tier < tiers.length && pool.size < want; tier++) {
      (tiers[tier] as Tier).fill(pool, want - pool.size, tier);
    }

    if (isReranked) {
      const terms = marginWeight > 0 || deliveryWeight > 0 ? termsSource.termsIn(market) : NO_TERMS;
      weighCandidates(pool, terms, { marginWeight, deliveryWeight, boosts, seed });
    }
    const greedy = isReranked
      ? selectDiverse({
          items: pool.items,
          relevance: pool.relevance,
          size: pool.size,
          n: wanted,
          diversity,
          maxPerCategory,
          shown: promoted,
        })
      : AS_THEY_CAME.subarray(0, Math.min(wanted, pool.size));
    const keepsCategories = maxPerCategory < Infinity;
    const explored =
      exploration === undefined
        ? undefined
        : explore(pool, greedy, { exploration, seed: explorationSeed, keepsCategories });
    const organic = placeCandidates(pool, tiers, explored?.order ?? greedy, explored?.propensities);
    return {
      places: promoted.length === 0 ? organic : interleave(organic, promoted, slots / n),
      barredBy: (item) => barred[item] as number,
    };
  };
}

/** Positions of candidates that nothing re-ranks. */
const AS_THEY_CAME = Int32Array.from({ length: POOL_CAPACITY }, (_, at) => at);

function placeCandidates(
  pool: CandidatePool,
  tiers: readonly Tier[],
  order: Int32Array,
  propensities: Float64Array | undefined,
): Place[] {
  const places: Place[] = [];
  for (let rank = 0; rank < order.length; rank++) {
    const at = order[rank] as number;
    const { source, voice } = tiers[pool.tiers[at] as number] as Tier;
    places.push({
      item: pool.items[at] as number,
      score: pool.scores[at] as number,
      source,
      voice,
      because: pool.because[at] as number,
      support: pool.support[at] as number,
      propensity: propensities?.[rank] ?? 1,
    });
  }
  return places;
}

/** The first `slots` promoted items that pass every filter; they are barred from the other places. */
function choosePromoted(
  pool: CandidatePool,
  promoted: readonly number[],
  slots: number,
  facts: ItemFacts,
  maxPerCategory: number,
): number[] {
  const chosen: number[] = [];
  const counts = new Map<number, number>();
  for (const item of promoted) {
    if (chosen.length === slots) break;
    const category = facts.categoryNumber[item] as number;
    const count = category < 0 ? 0 : (counts.get(category) ?? 0);
    if (pool.barred[item] !== 0 || count >= maxPerCategory) continue;
    counts.set(category, count + 1);
    barItems(pool.barred, [item]);
    chosen.push(item);
  }
  return chosen;
}

/** Spreads promoted items evenly: after every 1 / share places one is due. */
function interleave(organic: readonly Place[], promoted: readonly number[], share: number): Place[] {
  const places: Place[] = [];
  let [next, shown] = [0, 0];
  while (next < organic.length || shown < promoted.length) {
    const isDue = shown < promoted.length && Math.floor((places.length + 1) * share + 1e-9) > shown;
    const own = organic[next];
    if (isDue || own === undefined) {
      const item = promoted[shown++] as number;
      places.push({ item, score: 0, source: "promotion", voice: undefined, because: -1, support: 0, propensity: 1 });
    } else {
      places.push(own);
      next++;
    }
  }
  return places;
}

const NO_TERMS: MarketTerms = { margin: undefined, promptness: undefined };

const NO_BOOSTS: ReadonlyMap<number, number> = new Map();

function numberBoosts(
  { boosts }: Knobs,
  itemById: ReadonlyMap<string, number>,
  facts: ItemFacts,
): ReadonlyMap<number, number> {
  if (boosts === undefined || boosts.length === 0) return NO_BOOSTS;
  const factors = new Map<number, number>();
  for (const { itemId, category, factor } of boosts) {
    const items =
      itemId === undefined
        ? (facts.itemsByLabel.get((category ?? "").trim().toLowerCase()) ?? [])
        : [itemById.get(itemId) ?? -1];
    for (const item of items) factors.set(item, (factors.get(item) ?? 1) * factor);
  }
  return factors;
}
