import { describe, expect, it } from "vitest";
import { createItemFacts } from "./item-facts.ts";
import { createMarketTerms } from "./market-terms.ts";
import { EMPTY_CATALOGUE, NO_FROM, NO_UNTIL, type ReleaseCatalogue } from "./release-catalogue.ts";

/** Item 0 costs 40 and sells at 100 (110 in DE), item 1 sells at 200 and its cost is unknown, item 2 is unknown altogether. */
const products = {
  store: ["s", "s"],
  id: ["a", "b"],
  category: ["", ""],
  priceMinor: Float64Array.of(100, 200),
  currency: ["GBP", "GBP"],
  costMinor: Float64Array.of(40, -1),
};
const offers = {
  ...EMPTY_CATALOGUE.offers,
  store: ["s"],
  id: ["a"],
  market: ["DE"],
  sellable: Int32Array.of(-1),
  shippable: Int32Array.of(-1),
  hidden: Int32Array.of(-1),
  fromDay: Int32Array.of(NO_FROM),
  untilDay: Int32Array.of(NO_UNTIL),
  priceMinor: Float64Array.of(110),
  currency: [""],
  stockUnits: Float64Array.of(Number.NaN),
};

type LandedRow = readonly [item: number, market: string, costMinor: number, currency: string, deliveryDays: number];

function termsOf(rows: readonly LandedRow[], catalogue: Partial<ReleaseCatalogue> = {}) {
  const full: ReleaseCatalogue = {
    ...EMPTY_CATALOGUE,
    products,
    offers,
    landed: {
      store: rows.map(() => "s"),
      id: rows.map(([item]) => String(item)),
      market: rows.map(([, market]) => market),
      costMinor: Float64Array.from(rows, (row) => row[2]),
      currency: rows.map((row) => row[3]),
      deliveryDays: Int32Array.from(rows, (row) => row[4]),
    },
    ...catalogue,
  };
  const itemOfProduct = Int32Array.from(full.products.id, (_, row) => row);
  const facts = createItemFacts(
    full,
    itemOfProduct,
    Int32Array.from(full.offers.id, () => 0),
    3,
  );
  return createMarketTerms(
    full,
    itemOfProduct,
    Int32Array.from(rows, ([item]) => item),
    facts.priceOf,
    3,
  );
}

describe("the terms of a market", () => {
  it("take the unit cost where nothing landed is known, and the mean for items without a cost", () => {
    const { margin, promptness } = termsOf([]).termsIn(undefined);
    expect([...(margin ?? [])]).toEqual([0.6, 0.6, 0.6]);
    expect(promptness).toBeUndefined();
  });

  it("take the landed cost of the market, else of all markets, over the price there", () => {
    const terms = termsOf([
      [0, "", 70, "GBP", -1],
      [0, "DE", 99, "", 7],
      [1, "", 150, "GBP", 0],
    ]);
    expect([...(terms.termsIn("DE").margin ?? [])]).toEqual(
      [0.1, 0.25, 0.175].map((value) => expect.closeTo(value, 12)),
    );
    expect([...(terms.termsIn("DE").promptness ?? [])]).toEqual([0.5, 1, 0.75]);
    for (const market of ["GB", undefined]) {
      expect(terms.termsIn(market).margin?.[0]).toBeCloseTo(0.3, 12);
      expect([...(terms.termsIn(market).promptness ?? [])]).toEqual([1, 1, 1]);
    }
  });

  it("bound the margin by 0 and 1, and do not compare two currencies", () => {
    const terms = termsOf([
      [0, "", 130, "GBP", -1],
      [1, "", 100, "EUR", -1],
    ]);
    expect([...(terms.termsIn("FR").margin ?? [])]).toEqual([0, 0, 0]);
  });

  it("are unknown where no cost is", () => {
    expect(termsOf([], { products: EMPTY_CATALOGUE.products, offers: EMPTY_CATALOGUE.offers }).termsIn("GB")).toEqual({
      margin: undefined,
      promptness: undefined,
    });
  });
});
