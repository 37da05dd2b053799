import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { conform } from "../../warehouse/conform.ts";
import { buildMarts } from "../../warehouse/marts/build-marts.ts";
import {
  insertRows,
  openFixtureWarehouse,
  orderLine,
  type FixtureWarehouse,
} from "../../warehouse/testing/fixture-warehouse.ts";
import type { Experiment } from "./experiment.ts";
import { readExperiment, type ExperimentReadOut } from "./read-experiment.ts";

const EXPERIMENT: Experiment = {
  id: "shelf",
  title: "Shelf",
  unit: "customer",
  startsOn: "2011-12-01",
  endsOn: "2011-12-31",
  variants: [
    { id: "old", weight: 1, settings: {} },
    { id: "new", weight: 1, settings: { diversity: 0.5 } },
  ],
};
const shown = (exposure: string, customer: string, variant: string, at: string, items = '["cup","tea"]') => ({
  store_id: "shop",
  exposure_id: exposure,
  experiment_id: "shelf",
  variant_id: variant,
  customer_id: customer,
  shown_at: `${at} 12:00:00`,
  shown_on: at,
  items,
  propensity: 0.5,
});
const looked = (customer: string, product: string, at: string) => ({
  store_id: "shop",
  visitor_id: customer,
  event_at: at,
  event_on: at.slice(0, 10),
  kind: "view_item",
  product_id: product,
});
const bought = (order: string, customer: string, day: string, pounds: number) =>
  orderLine(order, day, "cup", 1, pounds, { customer_id: customer });

let warehouse: FixtureWarehouse;
let readOut: ExperimentReadOut;
let tried: ExperimentReadOut;
beforeAll(async () => {
  warehouse = await openFixtureWarehouse();
  const { session } = warehouse;
  await insertRows(session, "dim_store", [{ store_id: "shop" }]);
  await insertRows(session, "fct_product_listing", [{ product_id: "cup", unit_cost_minor: 100 }]);
  await insertRows(session, "fct_recommendation_exposure", [
    shown("e1", "A", "old", "2011-12-02"),
    shown("e2", "A", "old", "2011-12-03"),
    shown("e3", "B", "old", "2011-12-02"),
    shown("e4", "C", "new", "2011-12-02"),
    shown("e5", "D", "new", "2011-12-02"),
    shown("e6", "E", "old", "2011-12-02"),
    shown("e7", "E", "new", "2011-12-03"),
    shown("e8", "F", "gone", "2011-12-03"),
    shown("e9", "G", "old", "2012-02-01"),
  ]);
  const explored = (exposure: string, customer: string, items: string[], propensities: number[], other: string[]) => ({
    ...shown(exposure, customer, "old", "2011-12-02", JSON.stringify(items)),
    experiment_id: "tried",
    item_propensities: JSON.stringify(propensities),
    candidate_lists: JSON.stringify({ other }),
  });
  await insertRows(session, "fct_recommendation_exposure", [
    explored("x1", "H", ["cup", "tea"], [0.5, 0.25], ["tea", "jam"]),
    explored("x2", "I", ["cup", "pot"], [0.8, 0.1], ["pot", "cup"]),
  ]);
  await insertRows(session, "fct_traffic_event", [
    looked("H", "tea", "2011-12-02 12:05:00"),
    looked("I", "jam", "2011-12-02 12:05:00"),
    looked("A", "cup", "2011-12-02 12:05:00"),
    looked("A", "cup", "2011-12-02 12:06:00"),
    // Before the list, and more than a day after it.
    looked("C", "tea", "2011-12-02 11:59:00"),
    looked("C", "tea", "2011-12-04 12:00:00"),
    looked("D", "tea", "2011-12-02 13:00:00"),
  ]);
  await insertRows(session, "fct_order_line", [
    orderLine("O9", "2011-12-05", "tea", 1, 3, { customer_id: "H" }),
    // Eight days after the list is too late.
    orderLine("O10", "2011-12-10", "pot", 1, 9, { customer_id: "I" }),
    bought("O1", "A", "2011-12-05", 4),
    bought("O2", "C", "2011-12-05", 10),
    bought("O3", "D", "2011-12-05", 6),
    bought("O4", "D", "2011-12-06", 2),
    // In the four weeks before, and long before.
    bought("O5", "C", "2011-11-20", 7),
    bought("O6", "C", "2011-06-01", 99),
    // A euro is worth 80 pence that day; a cancellation of a pound; a good whose cost is not known.
    { ...bought("O7", "B", "2011-12-07", 5), currency: "EUR" },
    orderLine("O8", "2011-12-08", "cup", -1, 1, { customer_id: "D", movement: "cancellation" }),
    orderLine("O4", "2011-12-06", "tea", 1, 3, { customer_id: "D" }),
  ]);
  await insertRows(session, "fct_fx_rate", [{ rate_on: "2011-12-07", currency: "GBP", units_per_eur: 0.8 }]);
  // After the day of the read-out: a refund and a look.
  await insertRows(session, "fct_sales_reversal", [
    { reversal_id: "R1", order_id: "O2", product_id: "cup", reversed_on: "2011-12-20", amount_minor: 200 },
    { reversal_id: "R2", order_id: "O2", product_id: "cup", reversed_on: "2012-01-02", amount_minor: 500 },
  ]);
  await conform(session);
  const figures = await buildMarts(session, { asOf: "2011-12-31" });
  // Of a manifest, only the figures are read.
  const manifest = { figures } as never;
  const tables = { id: "r", manifest, rows: session.rows.bind(session) };
  readOut = await readExperiment(tables, EXPERIMENT);
  const candidates = [
    { id: "other", settings: { model: "popular" as const } },
    { id: "unseen", settings: {} },
  ];
  tried = await readExperiment(tables, { ...EXPERIMENT, id: "tried", candidates });
});
afterAll(() => warehouse.close());

describe("the read-out of an experiment", () => {
  test("counts what each variant's visitors were shown and did", () => {
    expect(readOut.variants).toMatchObject([
      {
        variant: "old",
        visitors: 2,
        lists: 3,
        impressions: 6,
        clicks: 1,
        buyers: 2,
        orders: 2,
        // A's 4 pounds and B's 5 euros.
        revenuePerVisitor: 400,
      },
      {
        variant: "new",
        visitors: 2,
        lists: 2,
        impressions: 4,
        clicks: 1,
        buyers: 2,
        orders: 3,
        // C's 10 pounds less 2 given back; D's 6 + 2 + 3 less 1 cancelled.
        revenuePerVisitor: 900,
      },
    ]);
    expect(readOut.currency).toBe("GBP");
  });

  test("takes the cost of goods out of the margin, and says for how much of the sales it is known", () => {
    // A cup costs a pound, the cancelled one as well: 3 and 3.20; 10 − 1 − 2 and 5 + 1 + 0. What the tea cost is unknown.
    expect(readOut.variants.map(({ marginPerVisitor }) => marginPerVisitor)).toEqual([310, 650]);
    expect(readOut.variants.map(({ costedShare }) => costedShare)).toEqual([1, 1800 / 2100]);
  });

  test("compares the variants with the first, and by what propensities say", () => {
    const [difference] = readOut.differences;
    expect(difference).toMatchObject({ variant: "new", revenue: { difference: 500 }, buyers: { difference: 0 } });
    // Two visitors a side, 400 twice against 800 and 1,000: t with one degree of freedom, 12.706, times √10,000.
    expect(difference?.revenue?.low).toBeCloseTo(500 - 1270.6, 0);
    expect(difference?.revenue?.high).toBeCloseTo(500 + 1270.6, 0);
    expect(readOut.variants[1]?.offPolicyRevenue).toMatchObject({ value: 900, effectiveUnits: 2 });
  });

  test("takes out what the weeks before foretold", () => {
    const { varianceExplained, differences } = readOut;
    // Only C bought before, 7 pounds: of the revenues 400, 400, 800 and 1,000 (mean 650, squares 270,000) the product sum is
    // 700 · 150 and the squares of the covariate 367,500.
    expect(varianceExplained.revenue).toBeCloseTo(105_000 ** 2 / (367_500 * 270_000), 12);
    // θ = 2/7 times the difference of the covariate's means, 350.
    expect(differences[0]?.revenueAdjusted?.difference).toBeCloseTo(400, 9);
    // Margins 300, 320, 700 and 600 by the 600 that C's cups left before: θ = 600 · 220 / 270,000.
    expect(differences[0]?.marginAdjusted?.difference).toBeCloseTo(340 - ((600 * 220) / 270_000) * 300, 9);
    expect(differences[0]?.buyersAdjusted?.difference).toBe(0);
  });

  test("leaves out who was shown several variants or an unknown one, and says how many", () => {
    expect(readOut.leftOut).toBe(2);
    expect(readOut.sampleRatio).toMatchObject({ chiSquare: 0, pValue: 1, warning: null });
  });

  test("values a candidate by the items that exploration has shown", () => {
    expect(readOut.candidates).toEqual([]);
    expect(tried.candidates).toMatchObject([{ candidate: "other", lists: 2, itemsPerList: 2, coverage: 1 }]);
    const [other] = tried.candidates;
    // H saw tea, 1 / 0.25, looked at it and bought it; I saw the pot, 1 / 0.1, and the cup, 1 / 0.8, for nothing.
    expect(other?.clicksPerList?.value).toBeCloseTo((2 * 4) / 15.25, 12);
    expect(other?.revenuePerList?.value).toBeCloseTo((2 * 4 * 300) / 15.25, 9);
    expect(other?.clicksPerList?.effectiveUnits).toBeCloseTo(15.25 ** 2 / (4 ** 2 + 11.25 ** 2), 9);
    expect(other?.shown).toEqual({ clicksPerList: 0.5, revenuePerList: 150 });
  });

  test("refuses a release that was made before it could be read", async () => {
    const tables = { id: "old-release", manifest: { figures: {} } as never, rows: () => Promise.resolve([]) };
    await expect(readExperiment(tables, EXPERIMENT)).rejects.toThrow(
      /old-release was made before mart_experiment_visitor/,
    );
  });
});
