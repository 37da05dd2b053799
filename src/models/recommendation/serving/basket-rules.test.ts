import { expect, test } from "vitest";
import { openRandomShop, type ShopItem } from "../testing/random-shop.ts";

const item = (...neighbours: [number, number][]): ShopItem => ({
  category: "",
  priceMinor: 100,
  costMinor: 50,
  neighbours,
});

test("two items of a basket bring the third by their rule, which explain names", () => {
  // The shop's one rule: who buys items 0 and 1 buys 2 half of the time. By neighbours, item 3 goes with both.
  const shop = { items: [item([3, 2]), item([3, 1]), item(), item()], offers: [], landed: [], bought: [] };
  const recommender = openRandomShop(shop);
  const ask = (...items: string[]) => recommender.forBasket({ items, n: 2, explain: true }).items;
  expect(ask("P0", "P1")).toMatchObject([
    { itemId: "P3", source: "basket" },
    { itemId: "P2", source: "basket", rule: { itemIds: ["P0", "P1"], support: 5, confidence: 0.5, lift: 2 } },
  ]);
  expect(ask("P0", "P1")[0]).not.toHaveProperty("rule");
  expect(ask("P0").some(({ rule }) => rule !== undefined)).toBe(false);
  expect(recommender.forBasket({ items: ["P0", "P1"], n: 2 }).items[1]).not.toHaveProperty("rule");
});
