import { NO_RULES } from "../fit-recommender.ts";
import * as fc from "fast-check";
import { fixedClock } from "../../../core/clock.ts";
import { fromDayNumber } from "../../../core/dates.ts";
import type { Recommender } from "../recommender.ts";
import { createRecommender } from "../serving/create-recommender.ts";
import { EMPTY_CATALOGUE, NO_FROM, NO_UNTIL, type ReleaseCatalogue } from "../serving/release-catalogue.ts";

export const TODAY = 15_000;
export const MARKETS = ["GB", "DE"] as const;

export interface ShopItem {
  readonly category: string;
  readonly priceMinor: number;
  readonly costMinor: number;
  /** Neighbours by item number with their score. */
  readonly neighbours: readonly (readonly [number, number])[];
}

export interface ShopOffer {
  readonly item: number;
  /** Empty for all markets. */
  readonly market: string;
  readonly sellable: number;
  readonly shippable: number;
  readonly hidden: number;
  readonly fromDay: number;
  readonly untilDay: number;
  readonly stockUnits: number;
}

interface ShopLanded {
  readonly item: number;
  /** Empty for all markets. */
  readonly market: string;
  readonly costMinor: number;
  readonly deliveryDays: number;
}

export interface Shop {
  readonly items: readonly ShopItem[];
  readonly offers: readonly ShopOffer[];
  /** What delivered units cost, in pence, and the promised days; −1 unknown. */
  readonly landed: readonly ShopLanded[];
  /** Of the one customer: item and age in days. */
  readonly bought: readonly (readonly [number, number])[];
}

const flag = fc.constantFrom(-1, -1, 0, 1);
const offer = (count: number) =>
  fc.record({
    item: fc.nat(count - 1),
    market: fc.constantFrom("", ...MARKETS),
    sellable: flag,
    shippable: flag,
    hidden: flag,
    fromDay: fc.constantFrom(NO_FROM, TODAY - 1, TODAY, TODAY + 1),
    untilDay: fc.constantFrom(NO_UNTIL, TODAY - 1, TODAY, TODAY + 1),
    stockUnits: fc.constantFrom(Number.NaN, Number.NaN, -1, 0, 3),
  });

const landed = (count: number) =>
  fc.record({
    item: fc.nat(count - 1),
    market: fc.constantFrom("", ...MARKETS),
    costMinor: fc.constantFrom(-1, 10, 400),
    deliveryDays: fc.constantFrom(-1, 0, 30),
  });

/** Shops of up to 14 items with at most one offer an item and market. */
export const anyShop: fc.Arbitrary<Shop> = fc.integer({ min: 1, max: 14 }).chain((count) =>
  fc.record({
    items: fc.array(
      fc.record({
        category: fc.constantFrom("", "Tea", "Home > Kitchen", "Home > Garden"),
        priceMinor: fc.constantFrom(-1, 100, 250, 900),
        costMinor: fc.constantFrom(-1, 50, 200),
        neighbours: fc.uniqueArray(fc.tuple(fc.nat(count - 1), fc.integer({ min: 1, max: 9 })), {
          maxLength: 6,
          selector: ([item]) => item,
        }),
      }),
      { minLength: count, maxLength: count },
    ),
    offers: fc.uniqueArray(offer(count), { maxLength: 20, selector: ({ item, market }) => `${item} ${market}` }),
    landed: fc.uniqueArray(landed(count), { maxLength: 10, selector: ({ item, market }) => `${item} ${market}` }),
    bought: fc.uniqueArray(fc.tuple(fc.nat(count - 1), fc.integer({ min: 0, max: 90 })), {
      maxLength: 5,
      selector: ([item]) => item,
    }),
  }),
);

export const idOf = (item: number): string => `P${item}`;
export const HALF_LIFE_DAYS = 56;

/** A recommender over the shop: popular in GB are the even items, in the store all of them but every third. */
export function openRandomShop(shop: Shop): Recommender {
  const numbers = shop.items.map((_, item) => item);
  const rows = shop.items.map(({ neighbours }, item) =>
    neighbours.filter(([other]) => other !== item).toSorted((a, b) => b[1] - a[1] || a[0] - b[0]),
  );
  const rowPtr = new Int32Array(rows.length + 1);
  rows.forEach((row, item) => (rowPtr[item + 1] = (rowPtr[item] ?? 0) + row.length));
  const list = (items: readonly number[]) => ({
    items: Int32Array.from(items),
    scores: Float64Array.from(items, (_, at) => items.length - at),
  });
  const bought = shop.bought.toSorted((a, b) => a[1] - b[1]);
  const weight = Float32Array.from(bought, ([, age]) => 2 ** (-age / HALF_LIFE_DAYS));
  return createRecommender({
    artefact: {
      items: { store: numbers.map(() => "shop"), id: numbers.map(idOf), title: numbers.map(idOf) },
      customers: { store: ["shop"], id: ["C"], market: ["GB"] },
      segments: { store: ["shop"], market: ["GB"] },
      fitted: {
        neighbours: {
          itemCount: rows.length,
          rowPtr,
          neighbour: Int32Array.from(rows.flat(), ([other]) => other),
          score: Float32Array.from(rows.flat(), ([, score]) => score),
          support: Int32Array.from(rows.flat(), () => 2),
        },
        // Who buys items 0 and 1 buys 2 half of the time.
        rules:
          rows.length < 3
            ? NO_RULES
            : {
                first: Int32Array.of(0),
                second: Int32Array.of(1),
                item: Int32Array.of(2),
                support: Int32Array.of(5),
                confidence: Float32Array.of(0.5),
                lift: Float32Array.of(2),
              },
        ruleWeight: 1,
        popularBySegment: [list(numbers.filter((item) => item % 2 === 0))],
        popularByStore: new Map([["shop", list(numbers.filter((item) => item % 3 !== 2))]]),
        histories: {
          rowPtr: Int32Array.of(0, bought.length),
          item: Int32Array.from(bought, ([item]) => item),
          weight,
          frequency: weight,
          orders: Int32Array.from(bought, () => 1),
        },
      },
    },
    asOf: fromDayNumber(TODAY - 1),
    historyHalfLifeDays: HALF_LIFE_DAYS,
    catalogue: toCatalogue(shop),
    clock: fixedClock(`${fromDayNumber(TODAY)}T12:00:00Z`),
  });
}

function toCatalogue({ items, offers, landed: costs }: Shop): ReleaseCatalogue {
  return {
    ...EMPTY_CATALOGUE,
    products: {
      store: items.map(() => "shop"),
      id: items.map((_, item) => idOf(item)),
      category: items.map(({ category }) => category),
      priceMinor: Float64Array.from(items, ({ priceMinor }) => priceMinor),
      currency: items.map(() => "GBP"),
      costMinor: Float64Array.from(items, ({ costMinor }) => costMinor),
    },
    offers: {
      store: offers.map(() => "shop"),
      id: offers.map(({ item }) => idOf(item)),
      market: offers.map(({ market }) => market),
      sellable: Int32Array.from(offers, ({ sellable }) => sellable),
      shippable: Int32Array.from(offers, ({ shippable }) => shippable),
      hidden: Int32Array.from(offers, ({ hidden }) => hidden),
      fromDay: Int32Array.from(offers, ({ fromDay }) => fromDay),
      untilDay: Int32Array.from(offers, ({ untilDay }) => untilDay),
      priceMinor: Float64Array.from(offers, () => -1),
      currency: offers.map(() => ""),
      stockUnits: Float64Array.from(offers, ({ stockUnits }) => stockUnits),
    },
    landed: {
      store: costs.map(() => "shop"),
      id: costs.map(({ item }) => idOf(item)),
      market: costs.map(({ market }) => market),
      costMinor: Float64Array.from(costs, ({ costMinor }) => costMinor),
      currency: costs.map(() => "GBP"),
      deliveryDays: Int32Array.from(costs, ({ deliveryDays }) => deliveryDays),
    },
    markets: new Set([...MARKETS, "FR"]),
  };
}
