import { expect, test } from "vitest";

import { writeCheck } from "./check-request.ts";
import { readQuestion } from "./shelf-request.ts";

const ask = (address: string) => readQuestion(new URLSearchParams(address));

test("items are checked for the shopper and the market of the page, under the filters of setting A", () => {
  const question = ask(
    "for=customer&id=17850&market=DE&a.priceToMinor=500&a.categoriesAny=Toys,Home&b.priceFromMinor=9",
  );
  expect(writeCheck(" 22423,85123A, 22423 ", question)).toEqual({
    candidates: ["22423", "85123A"],
    n: 100,
    market: "DE",
    priceToMinor: 500,
    categoriesAny: ["Toys", "Home"],
    customerId: "17850",
    excludePurchased: true,
  });
  const open = writeCheck("1", ask("for=customer&id=17850&a.excludePurchased=false"));
  expect(open).toEqual({ candidates: ["1"], n: 100, customerId: "17850", excludePurchased: false });
});

test("without items there is nothing to ask, and an item page names no customer", () => {
  expect(writeCheck(" , ", ask(""))).toBeUndefined();
  expect(writeCheck("1", ask("for=item&id=22423"))).toEqual({ candidates: ["1"], n: 100 });
});
