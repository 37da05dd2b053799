import { expect, test } from "vitest";

import { forecastPath, readQuestion, reorderPath, riskPath, writeQuestion } from "./inventory-question.ts";

test("an address says what is asked, and a question writes the same address", () => {
  const params = new URLSearchParams("product=85123A&market=GB&leadTimeDays=21&target=0.9&unitCostMinor=150");
  const question = readQuestion(params);
  expect(writeQuestion(question).toString()).toBe(params.toString());
  expect(forecastPath(question)).toBe("/v1/forecasts?product=85123A&market=GB&horizon=28");
  expect(reorderPath(question)).toBe("/v1/inventory/reorder?market=GB&leadTimeDays=21&target=0.9&limit=50");
});

test("what makes no sense counts as not said", () => {
  const question = readQuestion(new URLSearchParams("market=Germany&leadTimeDays=soon"));
  expect(writeQuestion(question).toString()).toBe("");
  expect(forecastPath(question)).toBe("/v1/forecasts?horizon=28");
});

test("the list of risks is asked in the order of a column", () => {
  const question = readQuestion(new URLSearchParams("market=GB&target=0.9"));
  expect(riskPath(question, "stockoutRisk")).toBe(
    "/v1/inventory/reorder?market=GB&target=0.9&sort=stockoutRisk&limit=20",
  );
});
