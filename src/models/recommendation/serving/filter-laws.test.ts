import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Recommendation, Recommender, TextPart } from "../recommender.ts";
import { anyShop, idOf, MARKETS, openRandomShop, TODAY, type Shop, type ShopOffer } from "../testing/random-shop.ts";
import type { Knobs } from "./knobs.ts";

/** Whether an item may be shown, told from the rows one by one and not by masks. */
function maySell({ offers }: Shop, item: number, market: string | null): boolean {
  const find = (where: string) => offers.find((row) => row.item === item && row.market === where);
  const all = find("");
  const isFree = (own: ShopOffer | undefined, needsStock = true): boolean => {
    const say = (read: (row: ShopOffer) => number, isSaid: (value: number) => boolean): number | undefined =>
      [own, all].flatMap((row) => (row === undefined ? [] : [read(row)])).find(isSaid);
    const isFlag = (value: number) => value >= 0;
    const stocks = [own, all].flatMap((row) =>
      row === undefined || Number.isNaN(row.stockUnits) ? [] : [row.stockUnits],
    );
    return (
      (!needsStock || stocks.length === 0 || stocks.reduce((a, b) => a + b) > 0) &&
      say((row) => row.sellable, isFlag) !== 0 &&
      say((row) => row.shippable, isFlag) !== 0 &&
      say((row) => row.hidden, isFlag) !== 1 &&
      (say(
        (row) => row.fromDay,
        (day) => Math.abs(day) < 1e6,
      ) ?? TODAY) <= TODAY &&
      (say(
        (row) => row.untilDay,
        (day) => Math.abs(day) < 1e6,
      ) ?? TODAY) >= TODAY
    );
  };
  if (market !== null) return isFree(find(market));
  const own = MARKETS.flatMap((name) => find(name) ?? []);
  return isFree(undefined, own.length === 0) && (own.length === 0 || own.some((row) => isFree(row)));
}

const anyKnobs: fc.Arbitrary<Knobs> = fc
  .record(
    {
      market: fc.constantFrom("GB", "DE", "FR", "XX"),
      categoriesAny: fc.constantFrom(["tea"], ["Home", "Tea"], ["garden"]),
      categoriesAll: fc.constantFrom(["home"], ["home", "kitchen"]),
      priceFromMinor: fc.constantFrom(0, 200),
      priceToMinor: fc.constantFrom(250, 900),
      excludePurchased: fc.boolean(),
      coolDownDays: fc.constantFrom(0, 30),
      excludeItems: fc.constantFrom(["P0", "nothing"], ["P3"]),
      diversity: fc.constantFrom(0.3, 1),
      maxPerCategory: fc.constantFrom(1, 2),
      marginWeight: fc.constantFrom(0.5, 1),
      deliveryWeight: fc.constantFrom(0.5, 1),
      boosts: fc.constantFrom([{ itemId: "P1", factor: 100 }], [{ category: "home", factor: 0.01 }]),
      promote: fc.constantFrom(["P1", "P2", "P0"], ["P5", "nothing"]),
      promotionShare: fc.constantFrom(0.2, 0.5, 1),
      explain: fc.boolean(),
      seed: fc.nat(1000),
      model: fc.constantFrom("co-purchase" as const, "popular" as const),
      exploration: fc.record({ method: fc.constantFrom("epsilon", "thompson"), share: fc.constantFrom(0.3, 1) }),
      explorationSeed: fc.nat(1000),
    },
    { requiredKeys: [] },
  )
  .chain((knobs) => fc.integer({ min: 1, max: 12 }).map((n) => ({ ...knobs, n })));

const recent = [
  { itemId: "P0", kind: "view" },
  { itemId: "P1", kind: "purchase" },
] as const;

const KINDS: Readonly<Record<string, (shop: Recommender, knobs: Knobs) => Recommendation>> = {
  customer: (shop, knobs) => shop.forCustomer({ ...knobs, customerId: "C" }),
  "customer with events": (shop, knobs) => shop.forCustomer({ ...knobs, customerId: "C", recent }),
  stranger: (shop, knobs) => shop.forCustomer({ ...knobs, customerId: "nobody" }),
  similar: (shop, knobs) => shop.similar({ ...knobs, itemId: "P0" }),
  basket: (shop, knobs) => shop.forBasket({ ...knobs, items: ["P0", "ghost"] }),
  session: (shop, knobs) => shop.forSession({ ...knobs, items: ["P0"], recent, customerId: "C" }),
  popular: (shop, knobs) => shop.popular({ ...knobs, window: 7 }),
  trending: (shop, knobs) => shop.trending(knobs),
  "buy again": (shop, knobs) => shop.buyAgain({ ...knobs, customerId: "C", recent }),
  viewed: (shop, knobs) => shop.recentlyViewed({ ...knobs, customerId: "C", recent }),
  rank: (shop, knobs) => shop.rank({ ...knobs, candidates: ["P3", "P1", "P0", "P2"], customerId: "C" }),
};

/** Whether an item passes what the request itself asks. */
function isAskedFor({ items }: Shop, item: number, knobs: Knobs): boolean {
  const { category, priceMinor } = items[item];
  const labels = category.toLowerCase().split(" > ");
  const { categoriesAny, categoriesAll = [], priceFromMinor, priceToMinor, excludeItems = [] } = knobs;
  const isPriced = priceFromMinor !== undefined || priceToMinor !== undefined;
  return (
    (categoriesAny?.some((label) => labels.includes(label.toLowerCase())) ?? true) &&
    categoriesAll.every((label) => labels.includes(label)) &&
    (!isPriced || (priceMinor >= (priceFromMinor ?? 0) && priceMinor <= (priceToMinor ?? Infinity))) &&
    !excludeItems.includes(idOf(item))
  );
}

describe.each(Object.entries(KINDS))("a list: %s", (kind, ask) => {
  it("never holds an item that fails a filter, nor one twice, nor more than asked", () => {
    fc.assert(
      fc.property(anyShop, anyKnobs, (shop, knobs) => {
        const { items, market } = ask(openRandomShop(shop), knobs);
        expect(items.length).toBeLessThanOrEqual(knobs.n);
        const numbers = items.map(({ itemId }) => Number(itemId.slice(1)));
        expect(new Set(numbers).size).toBe(numbers.length);
        for (const item of numbers) {
          expect(maySell(shop, item, market)).toBe(true);
          expect(isAskedFor(shop, item, knobs)).toBe(true);
        }
        const { maxPerCategory = Infinity } = knobs;
        const categories = numbers.map((item) => shop.items[item]?.category ?? "").filter((name) => name !== "");
        for (const name of categories) {
          expect(categories.filter((other) => other === name).length).toBeLessThanOrEqual(maxPerCategory);
        }
        const mayRepeat = knobs.excludePurchased === false || ["buy again", "viewed", "rank"].includes(kind);
        if (mayRepeat || !/customer|session/.test(kind)) return;
        const { coolDownDays = Infinity } = knobs;
        const owned = shop.bought.filter(([, age]) => age < coolDownDays).map(([item]) => item);
        expect(numbers.filter((item) => owned.includes(item))).toEqual([]);
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  it("gives the same list for the same request", () => {
    fc.assert(
      fc.property(anyShop, anyKnobs, (shop, knobs) => {
        const open = openRandomShop(shop);
        const first = ask(open, knobs);
        const again = ask(open, knobs);
        expect(again).toEqual(first);
        expect(again.items).toEqual(first.items);
        const parts: TextPart[] = [];
        first.writeItems(parts);
        expect(parts.join("")).toBe(JSON.stringify(first.items));
      }),
      { numRuns: 25, seed: 8 },
    );
  });
});

describe("an empty shelf", () => {
  it("is only shown when nothing that was asked for may be sold", () => {
    fc.assert(
      fc.property(anyShop, fc.constantFrom("GB", "DE", "FR", "XX"), (shop, market) => {
        const { items, market: applied } = openRandomShop(shop).popular({ n: 3, market });
        const anything = shop.items.some((_, item) => maySell(shop, item, applied));
        expect(items.length > 0).toBe(anything);
      }),
      { numRuns: 200, seed: 9 },
    );
  });
});

describe("what is left out of a ranking", () => {
  it("is named, and with the rest makes the given list", () => {
    fc.assert(
      fc.property(anyShop, (shop) => {
        const candidates = [...shop.items.map((_, item) => idOf(item)), "ghost"];
        const { items, removed, ignored } = openRandomShop(shop).rank({ n: 100, market: "GB", candidates });
        const all = [...items, ...removed].map(({ itemId }) => itemId);
        expect([...all, ...ignored].sort()).toEqual(candidates.sort());
      }),
      { numRuns: 100, seed: 10 },
    );
  });
});
