import { expect, test } from "vitest";
import type { RecommendedItem } from "../../models/recommendation/recommender.ts";
import { setItemsText } from "../../models/recommendation/serving/items-text.ts";
import { writeRecommendation, type WrittenAnswer } from "./write-recommendation.ts";

const tea: RecommendedItem = {
  itemId: "P1",
  title: 'Tea "Earl" 茶',
  category: null,
  priceMinor: 100,
  currency: "GBP",
  score: 0.5,
  source: "customer",
  reason: { kind: "in-catalogue" },
};
const answer: WrittenAnswer = {
  release: "r1",
  store: "shop",
  asOf: "2011-12-31",
  market: null,
  strategy: "customer",
  level: "customer",
  items: [tea],
  ignored: ["P9"],
};

test("writes every property of an answer and nothing else", () => {
  const enrolled = { ...answer, experiment: "e", variant: "v", exposureId: "x" };
  const ranked = { ...answer, removed: [{ itemId: "P2", reason: "hidden" as const }] };
  for (const each of [answer, enrolled, ranked]) expect(JSON.parse(writeRecommendation(each))).toEqual(each);
  const more = { ...answer, secret: "s" };
  expect(JSON.parse(writeRecommendation(more))).toEqual(answer);
});

test("takes the text that came with the items, also when the answer was copied", () => {
  const items = [tea];
  setItemsText(items, () => '["as written"]');
  expect(JSON.parse(writeRecommendation({ ...answer, items }))).toEqual({ ...answer, items: ["as written"] });
});
