import { countDecayedPopularity } from "../../algorithms/recommendation/count-decayed-popularity.ts";
import { fitCoPurchases, type PairNorm } from "../../algorithms/recommendation/fit-co-purchase.ts";
import { mineBasketRules, type BasketRules } from "../../algorithms/recommendation/mine-basket-rules.ts";
import type { ItemNeighbours } from "../../algorithms/recommendation/item-neighbours.ts";
import { selectTopK } from "../../algorithms/selection/select-top-k.ts";
import { buildIncidence, type Incidence } from "../../algorithms/sparse/incidence.ts";
import type { BasketData, BasketLines } from "./basket-data.ts";
import type { RecommenderParams } from "./params.ts";

/** Long enough that what is popular in a small category stands in it too. */
const POPULAR_LIST_LENGTH = 5000;
/** A small basket says more about what goes together than a large one: its pairs weigh 1 / size. */
const GROUP_EXPONENT = 1;

const RULE_DAYS = 180;
/** A rule needs this many baskets, and this share of all of them. */
const LEAST_SUPPORT = 5;
const RULE_SHARE = 0.0015;
const RULE_CONFIDENCE = 0.2;
/** Of n items, n³ / 6 sets of three: a larger basket is a wholesaler's and says little of what goes together. */
const RULE_BASKET_SIZE = 60;

/** Popular items of a segment, best first. */
export interface PopularList {
  readonly items: Int32Array;
  readonly scores: Float64Array;
}

/** What customers bought: customers × items, each item with the weight of its latest purchase, newest first. */
export interface Histories {
  readonly rowPtr: Int32Array;
  readonly item: Int32Array;
  readonly weight: Float32Array;
  /** Baskets that held it, each counted as `weight` counts the latest: personal frequency with decay. */
  readonly frequency: Float32Array;
  /** Baskets that held it. */
  readonly orders: Int32Array;
}

export interface FittedRecommender {
  readonly neighbours: ItemNeighbours;
  /** What goes with two items at once; none where `ruleWeight` is 0. */
  readonly rules: BasketRules;
  readonly ruleWeight: number;
  /** One list a segment. */
  readonly popularBySegment: readonly PopularList[];
  /** One list a store, keyed by its id. */
  readonly popularByStore: ReadonlyMap<string, PopularList>;
  readonly histories: Histories;
}

/** Fits everything on `lines`, seen from the day `today`: nothing else of `data` but its numbering is read. */
export function fitRecommender(
  data: BasketData,
  lines: BasketLines,
  today: number,
  params: RecommenderParams,
): FittedRecommender {
  return {
    neighbours: fitNeighbours(data, lines, today, params, [params])[0] as ItemNeighbours,
    rules: params.ruleWeight === 0 ? NO_RULES : fitRules(data, lines, today, params),
    ruleWeight: params.ruleWeight,
    ...fitPopular(data, lines, today, params),
    histories: collectHistories(data, lines, today, params.historyHalfLifeDays),
  };
}

function findActiveItems(data: BasketData, lines: BasketLines, sinceDay: number): Uint8Array {
  const active = new Uint8Array(data.items.id.length);
  for (let at = lines.day.length - 1; at >= 0 && (lines.day[at] as number) > sinceDay; at--) {
    active[lines.item[at] as number] = 1;
  }
  return active;
}

/** The neighbours under each of the norms, whatever norm the parameters have. */
export function fitNeighbours(
  data: BasketData,
  lines: BasketLines,
  today: number,
  params: RecommenderParams,
  norms: readonly PairNorm[],
): ItemNeighbours[] {
  const active = findActiveItems(data, lines, today - params.activeDays);
  const itemCount = data.items.id.length;
  const oldest = today - 10 * params.basketHalfLifeDays;
  let first = lines.day.length;
  while (first > 0 && (lines.day[first - 1] as number) > oldest) first--;

  // Baskets get new numbers, so that the matrix has a row for those in reach only.
  const rowOf = new Map<number, number>();
  const weights: number[] = [];
  const rows = lines.basket.subarray(first).map((basket, at) => {
    const row = rowOf.get(basket) ?? rowOf.size;
    if (row === rowOf.size) {
      rowOf.set(basket, row);
      weights.push(2 ** (((lines.day[first + at] as number) - today) / params.basketHalfLifeDays));
    }
    return row;
  });
  const baskets: Incidence = buildIncidence(rows, lines.item.subarray(first), rowOf.size, itemCount);
  const pairs = {
    neighbours: params.neighbours,
    groupExponent: GROUP_EXPONENT,
    maxGroupSize: params.maxBasketSize,
  };
  return fitCoPurchases(baskets, Float64Array.from(weights), active, pairs, norms);
}

export const NO_RULES: BasketRules = {
  first: new Int32Array(0),
  second: new Int32Array(0),
  item: new Int32Array(0),
  support: new Int32Array(0),
  confidence: new Float32Array(0),
  lift: new Float32Array(0),
};

/** Rules of the last `RULE_DAYS` days, each basket alike: how often they held can be counted by a person. */
export function fitRules(data: BasketData, lines: BasketLines, today: number, params: RecommenderParams): BasketRules {
  const active = findActiveItems(data, lines, today - params.activeDays);
  const first = lines.day.findIndex((day) => day > today - RULE_DAYS);
  if (first < 0) return NO_RULES;
  const rowOf = new Map<number, number>();
  const rows = lines.basket.subarray(first).map((basket) => {
    const row = rowOf.get(basket) ?? rowOf.size;
    rowOf.set(basket, row);
    return row;
  });
  const baskets = buildIncidence(rows, lines.item.subarray(first), rowOf.size, data.items.id.length);
  return mineBasketRules(baskets, active, {
    minSupport: Math.max(LEAST_SUPPORT, Math.ceil(RULE_SHARE * rowOf.size)),
    minConfidence: RULE_CONFIDENCE,
    maxBasketSize: RULE_BASKET_SIZE,
  });
}

/** Popular items by the half-life of the parameters. */
export function fitPopular(
  data: BasketData,
  lines: BasketLines,
  today: number,
  { activeDays, popularHalfLifeDays }: RecommenderParams,
): Pick<FittedRecommender, "popularBySegment" | "popularByStore"> {
  const active = findActiveItems(data, lines, today - activeDays);
  const itemCount = data.items.id.length;
  const segmentCount = data.segments.store.length;
  const ages = lines.day.map((day) => today - day);
  const sizes = { itemCount, segmentCount };
  const popularity = countDecayedPopularity(lines.item, lines.segment, ages, sizes, popularHalfLifeDays);
  const candidates = [...active.keys()].filter((item) => active[item] === 1);
  const toList = (scores: Float64Array): PopularList => {
    const items = selectTopK(scores, candidates, POPULAR_LIST_LENGTH);
    return { items, scores: Float64Array.from(items, (item) => scores[item] as number) };
  };
  const storeTotals = new Map<string, Float64Array>();
  const popularBySegment = data.segments.store.map((store, segment) => {
    const scores = popularity.subarray(segment * itemCount, (segment + 1) * itemCount);
    const total = storeTotals.get(store) ?? new Float64Array(itemCount);
    for (let item = 0; item < itemCount; item++) total[item] = (total[item] as number) + (scores[item] as number);
    storeTotals.set(store, total);
    return toList(scores);
  });
  const popularByStore = new Map([...storeTotals].map(([store, scores]) => [store, toList(scores)]));
  return { popularBySegment, popularByStore };
}

function collectHistories(data: BasketData, lines: BasketLines, today: number, halfLifeDays: number): Histories {
  const customerCount = data.customers.id.length;
  const { ends, order } = orderByCustomer(lines.customer, customerCount);
  const oldest = today - (lines.day[0] ?? today);
  const decay = Float64Array.from({ length: oldest + 1 }, (_, age) => 2 ** (-age / halfLifeDays));
  const rowPtr = new Int32Array(customerCount + 1);
  const item = new Int32Array(order.length);
  const weight = new Float32Array(order.length);
  const frequency = new Float64Array(order.length);
  const orders = new Int32Array(order.length);
  /** Where the item stands, if not before the present customer's first place. */
  const placeOf = new Int32Array(data.items.id.length).fill(-1);
  let size = 0;
  for (let customer = 0, next = 0; customer < customerCount; customer++) {
    const first = size;
    for (; next < (ends[customer] as number); next++) {
      const line = order[next] as number;
      const id = lines.item[line] as number;
      const share = decay[today - (lines.day[line] as number)] as number;
      let place = placeOf[id] as number;
      if (place < first) {
        // The first sight of an item is its latest purchase.
        place = size++;
        placeOf[id] = place;
        item[place] = id;
        weight[place] = share;
      }
      frequency[place] = (frequency[place] as number) + share;
      orders[place] = (orders[place] as number) + 1;
    }
    rowPtr[customer + 1] = size;
  }
  return {
    rowPtr,
    item: item.slice(0, size),
    weight: weight.slice(0, size),
    frequency: Float32Array.from(frequency.subarray(0, size)),
    orders: orders.slice(0, size),
  };
}

/** The lines of known customers, customer after customer, the newest first; where the lines of each end. */
function orderByCustomer(customers: Int32Array, customerCount: number): { ends: Int32Array; order: Int32Array } {
  const ends = new Int32Array(customerCount);
  for (const customer of customers) if (customer >= 0) ends[customer] = (ends[customer] as number) + 1;
  for (let customer = 1; customer < customerCount; customer++) {
    ends[customer] = (ends[customer] as number) + (ends[customer - 1] as number);
  }
  const order = new Int32Array(ends[customerCount - 1] ?? 0);
  const left = ends.slice();
  for (let line = 0; line < customers.length; line++) {
    const customer = customers[line] as number;
    if (customer < 0) continue;
    left[customer] = (left[customer] as number) - 1;
    order[left[customer]] = line;
  }
  return { ends, order };
}
