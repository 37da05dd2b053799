import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { DashboardFilter } from "../api-types.ts";
import {
  COMPARISONS,
  DATE_PRESETS,
  defaultPageState,
  readPageState,
  TIME_GRAINS,
  writePageState,
} from "./page-state.ts";

const FILTERS: readonly DashboardFilter[] = [
  { kind: "date-range", default: "last-90-days" },
  { kind: "compare", default: "previous-period" },
  { kind: "dimension", dimension: "market" },
  { kind: "currency" },
];

const read = (search: string, filters = FILTERS) => readPageState(new URLSearchParams(search), filters);

describe("readPageState", () => {
  test("an empty address is the page's default", () => {
    expect(read("")).toEqual({ dates: { preset: "last-90-days" }, compare: "previous-period", picked: {} });
  });

  test("reads own dates, several markets and a currency", () => {
    expect(read("from=2011-01-01&to=2011-01-31&market=DE&market=FR&currency=EUR&compare=none&grain=week")).toEqual({
      dates: { preset: "custom", from: "2011-01-01", to: "2011-01-31" },
      compare: "none",
      grain: "week",
      currency: "EUR",
      picked: { market: ["DE", "FR"] },
    });
  });

  test.each([
    ["a day that does not exist", "from=2011-02-30&to=2011-03-01"],
    ["dates that run backward", "from=2011-03-01&to=2011-02-01"],
    ["an unknown preset", "range=yesterday"],
    ["a currency that is none", "currency=pounds"],
    ["a filter that the page does not have", "mode=air"],
  ])("takes %s for not said", (_fault, search) => {
    expect(read(search)).toEqual(defaultPageState(FILTERS));
  });

  test("a page without filters takes nothing from the address", () => {
    expect(read("range=all&currency=EUR&market=DE", [])).toEqual(defaultPageState([]));
  });
});

test("what is written is read back, whatever the choices", () => {
  const day = fc
    .integer({ min: 0, max: 20_000 })
    .map((count) => new Date(count * 86_400_000).toISOString().slice(0, 10));
  const dates = fc.oneof(
    fc.constantFrom(...DATE_PRESETS).map((preset) => ({ preset })),
    fc.tuple(day, day).map(([a, b]) => ({ preset: "custom" as const, from: a < b ? a : b, to: a < b ? b : a })),
  );
  const state = fc.record(
    {
      dates,
      compare: fc.constantFrom(...COMPARISONS),
      grain: fc.constantFrom(...TIME_GRAINS),
      currency: fc.constantFrom("EUR", "JPY"),
      picked: fc.oneof(
        fc.constant({}),
        fc.array(fc.string({ minLength: 1 }), { minLength: 1 }).map((market) => ({ market })),
      ),
    },
    { requiredKeys: ["dates", "compare", "picked"] },
  );
  fc.assert(
    fc.property(state, (choice) => {
      const address = writePageState(choice, FILTERS).toString();
      expect(readPageState(new URLSearchParams(address), FILTERS)).toEqual(choice);
    }),
  );
});

test("defaults are left out of the address", () => {
  expect(writePageState(defaultPageState(FILTERS), FILTERS).toString()).toBe("");
});
