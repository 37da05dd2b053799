import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, countDays } from "../../core/dates.ts";
import { metricsFolder } from "./default-folders.ts";
import { loadCatalogue } from "./load-catalogue.ts";
import type { MetricQuery } from "./metric-query.ts";
import type { MetricResult } from "./metric-result.ts";
import type { MetricSource } from "./metric-source.ts";
import { queryMetrics } from "./query-metrics.ts";
import { openMetricFixture, type MetricFixture } from "./testing/metric-fixture.ts";

const catalogue = loadCatalogue(metricsFolder());
const numRuns = process.env["TRADEWIND_TEST_PROFILE"] === "nightly" ? 200 : 15;

interface Sale {
  readonly market: string;
  readonly day: number;
  readonly gross: number;
  readonly cancelled: number;
}

const sales = fc.array(
  fc.record({
    market: fc.constantFrom("GB", "FR", "DE"),
    day: fc.integer({ min: 0, max: 60 }),
    gross: fc.integer({ min: 0, max: 1_000_000 }),
    cancelled: fc.integer({ min: 0, max: 1_000_000 }),
  }),
  { minLength: 1, maxLength: 12 },
);

const START = "2011-01-15";

let fixture: MetricFixture;
beforeAll(async () => {
  fixture = await openMetricFixture();
});
afterAll(() => fixture.close());

/** Runs `work` on a release that holds these sales. */
async function withSales<T>(rows: readonly Sale[], work: (source: MetricSource) => Promise<T>): Promise<T> {
  await fixture.session.run("DELETE FROM mart_sales_day");
  for (const row of rows) {
    await fixture.insert("mart_sales_day", {
      store_id: "shop",
      market_id: row.market,
      sold_on: addDays(START, row.day),
      currency: "GBP",
      gross_minor: row.gross,
      cancelled_minor: row.cancelled,
    });
  }
  return work({ ...fixture.source });
}

/** The column of a metric by name, nothing where unknown. */
function values(result: MetricResult, name: string): number[] {
  const index = result.columns.findIndex((column) => column.name === name);
  return result.rows.flatMap((row) => (typeof row[index] === "number" ? [row[index]] : []));
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

const GRAINS: readonly (readonly string[])[] = [["market"], ["day"], ["week"], ["month"], ["time", "market"]];

describe("laws of metric queries", () => {
  it("makes the parts of an additive metric add up to the whole at every grain", async () => {
    await fc.assert(
      fc.asyncProperty(sales, fc.constantFrom(...GRAINS), async (rows, dimensions) => {
        await withSales(rows, async (source) => {
          const parts = await queryMetrics(source, catalogue, { metrics: ["gross_sales"], dimensions });
          expect(total(values(parts, "gross_sales"))).toBe(total(rows.map((row) => row.gross)));
        });
      }),
      { numRuns },
    );
  });

  it("makes a ratio the sum of its numerator over the sum of its denominator at every grain", async () => {
    await fc.assert(
      fc.asyncProperty(sales, fc.constantFrom([], ...GRAINS), async (rows, dimensions) => {
        await withSales(rows, async (source) => {
          const metrics = ["cancellation_rate", "cancelled_sales", "gross_sales"];
          const result = await queryMetrics(source, catalogue, { metrics, dimensions });
          for (const row of result.rows) {
            const [rate, cancelled, gross] = row.slice(dimensions.length);
            expect(rate).toBe(Number(gross) === 0 ? null : Number(cancelled) / Number(gross));
          }
        });
      }),
      { numRuns },
    );
  });

  it("compares with a window of the same length that ends right before", async () => {
    const offset = fc.integer({ min: 0, max: 60 });
    await withSales([{ market: "GB", day: 0, gross: 1, cancelled: 0 }], async (source) => {
      await fc.assert(
        fc.asyncProperty(offset, offset, async (a, b) => {
          const from = addDays(START, Math.min(a, b));
          const to = addDays(START, Math.max(a, b));
          const query: MetricQuery = { metrics: ["gross_sales"], from, to, compare: "previous-period" };
          const { comparedFrom = "", comparedTo = "" } = await queryMetrics(source, catalogue, query);
          expect(countDays(comparedFrom, comparedTo)).toBe(countDays(from, to));
          expect(addDays(comparedTo, 1)).toBe(from);
        }),
        { numRuns },
      );
    });
  });

  it("shows as compared values what a query of the compared window shows", async () => {
    await fc.assert(
      fc.asyncProperty(sales, async (rows) => {
        // Sales on the first and last day make the data cover both windows.
        const edges = [0, 60].map((day) => ({ market: "GB", day, gross: 1, cancelled: 0 }));
        await withSales([...rows, ...edges], async (source) => {
          const ask = (query: Omit<MetricQuery, "metrics">) =>
            queryMetrics(source, catalogue, { metrics: ["gross_sales"], dimensions: ["market"], ...query });
          const now = await ask({ from: addDays(START, 31), to: addDays(START, 60), compare: "previous-period" });
          const before = await ask({ from: addDays(START, 1), to: addDays(START, 30) });
          expect(total(values(now, "gross_sales__previous"))).toBe(total(values(before, "gross_sales")));
        });
      }),
      { numRuns },
    );
  });

  it("makes a limited answer the head of the whole one", async () => {
    const order = fc.record({
      by: fc.constantFrom("gross_sales", "gross_sales__previous", "market"),
      direction: fc.constantFrom("asc" as const, "desc" as const),
    });
    await fc.assert(
      fc.asyncProperty(sales, order, fc.integer({ min: 1, max: 3 }), async (rows, orderBy, limit) => {
        await withSales(rows, async (source) => {
          const query: MetricQuery = {
            metrics: ["gross_sales"],
            dimensions: ["market"],
            from: addDays(START, 20),
            to: addDays(START, 39),
            compare: "previous-period",
            orderBy,
          };
          const whole = await queryMetrics(source, catalogue, query);
          const head = await queryMetrics(source, catalogue, { ...query, limit });
          expect(head.rows).toEqual(whole.rows.slice(0, limit));
          expect(head.notes.some((note) => note.startsWith("Showing"))).toBe(whole.rows.length > limit);
        });
      }),
      { numRuns },
    );
  });
});
