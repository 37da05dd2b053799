import { expect, test } from "vitest";
import { ListedAnswer } from "../../models/recommendation/serving/listed-answer.ts";
import type { RecommendedItem } from "../../models/recommendation/recommender.ts";
import { writeRecommendation } from "./write-recommendation.ts";

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
const head = {
  store: 'the "shop"',
  asOf: "2011-12-31",
  market: null,
  strategy: "customer",
  level: "customer",
  ignored: ["P9"],
} as const;
const list = new ListedAnswer(head, {
  describe: () => [tea],
  write: (parts, answer) => void parts.push("[", JSON.stringify(answer.items[0]), "]"),
});

test("writes every property of an answer and nothing else", () => {
  const plain = { release: "r1", ...head, items: [tea] };
  const told = { experiment: "e", variant: "v", exposureId: "x" };
  const removed = [{ itemId: "P2", reason: "hidden" as const }];
  const read = (text: string): unknown => JSON.parse(text);
  expect(read(writeRecommendation({ release: "r1", list }))).toEqual(plain);
  expect(read(writeRecommendation({ release: "r1", list, ...told }))).toEqual({ ...plain, ...told });
  const ranked = Object.assign(
    new ListedAnswer(head, { describe: () => [], write: (parts) => void parts.push("[]") }),
    {
      removed,
    },
  );
  expect(read(writeRecommendation({ release: "r1", list: ranked }))).toEqual({ ...plain, items: [], removed });
});

test("takes the text of the list and describes nothing", () => {
  const write = (parts: unknown[]): void => void parts.push('["as written"]');
  const describe = (): never => {
    throw new Error("nobody asked");
  };
  const text = writeRecommendation({ release: "r1", list: new ListedAnswer(head, { describe, write }) });
  expect(JSON.parse(text)).toMatchObject({ items: ["as written"] });
});
