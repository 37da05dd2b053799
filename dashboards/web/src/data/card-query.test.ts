import { expect, test } from "vitest";

import type { CatalogueAnswer, DashboardAnswer, DashboardCard, MetricDescription } from "../api-types.ts";
import { createCatalogueWords } from "./catalogue-words.ts";
import { buildCardQuery, buildSparklineQuery, unusableFilters, type PageScope } from "./card-query.ts";

const words = { en: "", zh: "" };
const describe = (name: string, unit: "money" | "count", grain: readonly string[]): MetricDescription => ({
  name,
  unit,
  grain,
  label: words,
  definition: words,
  direction: "up",
  owner: "sales",
  domain: "orders",
});
const CATALOGUE: CatalogueAnswer = {
  metrics: [describe("net_sales", "money", ["day", "week", "market"]), describe("sessions", "count", ["visitor_kind"])],
  dimensions: [],
  stores: [],
  markets: [],
  currencies: [],
  release: "r",
  asOf: "2011-12-09",
};
const PAGE: DashboardAnswer = {
  id: "sales",
  title: words,
  description: words,
  domain: ["orders"],
  filters: [],
  cards: [],
  freshness: [],
  release: "r",
  asOf: "2011-12-09",
};
const SCOPE: PageScope = {
  page: PAGE,
  catalogue: CATALOGUE,
  words: createCatalogueWords(CATALOGUE, "en"),
  language: "en",
  window: { from: "2011-09-11", to: "2011-12-09" },
  state: {
    dates: { preset: "last-90-days" },
    compare: "previous-period",
    currency: "EUR",
    picked: { market: ["DE"] },
  },
};
const kpi = (metric: string): DashboardCard => ({ id: metric, kind: "kpi", title: words, metrics: [metric], width: 3 });

test("a number is asked for with the window, the comparison, the filters and the currency of the page", () => {
  expect(buildCardQuery(kpi("net_sales"), SCOPE)).toEqual({
    metrics: ["net_sales"],
    from: "2011-09-11",
    to: "2011-12-09",
    filters: { market: ["DE"] },
    currency: "EUR",
    compare: "previous-period",
    language: "en",
  });
});

test("a metric without days, markets or money is asked for without them, and the card says so", () => {
  expect(buildCardQuery(kpi("sessions"), SCOPE)).toEqual({ metrics: ["sessions"], language: "en" });
  expect(unusableFilters(kpi("sessions"), SCOPE)).toEqual(["market"]);
  expect(buildSparklineQuery(kpi("sessions"), SCOPE)).toBeUndefined();
});

test("time is the period of the page: what suits the window, or what the reader chose", () => {
  const trend: DashboardCard = { ...kpi("net_sales"), kind: "trend", dimension: "time" };
  expect(buildCardQuery(trend, SCOPE).dimensions).toEqual(["week"]);
  expect(buildCardQuery(trend, { ...SCOPE, state: { ...SCOPE.state, grain: "day" } }).dimensions).toEqual(["day"]);
});

test("all data is compared with nothing, since nothing lies before it", () => {
  expect(buildCardQuery(kpi("net_sales"), { ...SCOPE, window: undefined })).not.toHaveProperty("compare");
});
