import { expect, test } from "vitest";

import { readQuestion } from "./inventory-question.ts";
import { EMPTY_SCENARIO, writeScenario } from "./what-if-scenario.ts";

const asked = readQuestion(new URLSearchParams("product=85123A&market=GB&unitCostMinor=150"));

test("a scenario asks for a price, or for a discount as a share, on the days typed", () => {
  const base = { product: "85123A", market: "GB", unitCostMinor: 150, usePooled: true };
  expect(writeScenario(asked, { price: "250", discount: "20", days: "" })).toEqual({ ...base, priceMinor: 250 });
  expect(writeScenario(asked, { price: "", discount: "12,5", days: "7" })).toEqual({
    ...base,
    discount: 0.125,
    days: 7,
  });
});

test("nothing is asked without a product, a price or a number", () => {
  expect(writeScenario(asked, EMPTY_SCENARIO)).toBeUndefined();
  expect(writeScenario(asked, { price: "cheap", discount: "", days: "" })).toBeUndefined();
  expect(writeScenario(readQuestion(new URLSearchParams()), { price: "5", discount: "", days: "" })).toBeUndefined();
});
