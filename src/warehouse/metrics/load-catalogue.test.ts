import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { metricsFolder } from "./default-folders.ts";
import { loadCatalogue } from "./load-catalogue.ts";
import { listFaults } from "./testing/list-faults.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "metrics-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const COMMON = `label: { en: A, zh: 甲 }
definition: { en: A., zh: 甲。 }
direction: up
owner: sales
domain: orders
freshness: daily
unit: count
`;
const SIMPLE = `${COMMON}type: simple
table: mart_order
additivity: sum
grain: [day]
`;

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `${name}.yaml`), text);
}

describe("loadCatalogue", () => {
  it("reads the metrics of the product", () => {
    const { metrics } = loadCatalogue(metricsFolder());
    expect(metrics.get("net_sales")).toMatchObject({ unit: "money", sql: "sum(net_minor)", additivity: "sum" });
    expect(metrics.get("cancellation_rate")).toMatchObject({
      sql: "cancelled_sales / gross_sales",
      additivity: "non",
      grain: ["time", "day", "week", "month", "store", "market"],
    });
  });

  it("gives a ratio the dimensions that both sides have", () => {
    write({
      a: `name: a\nsql: count(*)\n${SIMPLE.replace("[day]", "[day, market]")}`,
      b: `name: b\nsql: count(*)\n${SIMPLE.replace("[day]", "[store, market]")}`,
      c: `name: c\ntype: ratio\nnumerator: a\ndenominator: b\n${COMMON}`,
    });
    expect(loadCatalogue(folder).metrics.get("c")?.grain).toEqual(["market"]);
  });

  it("reports every fault of every file with its line", () => {
    write({
      a: `name: a\nsql: count(*)\n${SIMPLE.replace("owner: sales", "owner: nobody").replace("unit: count", "units: count")}`,
      b: `name: other\nsql: sum(x); drop\n${SIMPLE.replace("[day]", "[day, colour]")}`,
      c: `name: c\nsql: sum(x) / 2\nfilter: (select 1)\n${SIMPLE.replace("[day]", "[day, mode]")}`,
      d: "name: d\nbroken: [",
    });
    expect(listFaults(() => loadCatalogue(folder))).toEqual([
      "a.yaml:1:1 unit is missing.",
      'a.yaml:6:8 owner is "nobody"; accepted are sales, marketing, logistics, payments, service.',
      "a.yaml:9:1 units is not a known property; known are name, label, definition, type, table, sql, filter, numerator, denominator, expression, unit, additivity, grain, direction, owner, domain, freshness.",
      'b.yaml:13:14 grain[1] is "colour"; accepted are day, store, market, product, category, mode, carrier, vendor, product_group, month_of_year, visitor_kind, device.',
      "c.yaml:2:6 sql must be one aggregate call: sum(…), count(…), min(…), max(…), avg(…) or median(…).",
      'c.yaml:3:9 filter holds "select"; only columns, functions, literals and operators are accepted.',
      'c.yaml:14:14 grain[1] is "mode"; mart_order can be cut by day, store, market.',
      "d.yaml:2:10 Flow sequence in block collection must be sufficiently indented and end with a ]",
    ]);
  });

  it("refuses metrics that name nothing or themselves", () => {
    write({
      a: `name: a\ntype: ratio\nnumerator: b\ndenominator: nowhere\n${COMMON}`,
      b: `name: b\ntype: derived\nexpression: c + 1\n${COMMON}`,
      c: `name: c\ntype: derived\nexpression: b * 2\n${COMMON}`,
      d: `name: d\ntype: derived\nexpression: b + * 2\n${COMMON}`,
      e: `name: e\ntype: ratio\nnumerator: a\ndenominator: a\ngrain: [day]\n${COMMON}`,
    });
    expect(listFaults(() => loadCatalogue(folder))).toEqual([
      'a.yaml:4:14 denominator names "nowhere", which is no metric; known are a, b, c, d.',
      "b.yaml:3:13 expression leads back to the metric itself.",
      "c.yaml:3:13 expression leads back to the metric itself.",
      'd.yaml:3:13 expression has "*" at character 5 where a metric, a number or an opening parenthesis is expected.',
      'e.yaml:5:1 grain does not belong here; remove it. The kind here is "ratio".',
    ]);
  });

  it("keeps money to sums on tables that know their currency", () => {
    const money = SIMPLE.replace("unit: count", "unit: money");
    write({
      a: `name: a\nsql: avg(goods_minor)\n${money}`,
      b: `name: b\nsql: sum(page_views)\n${money.replace("mart_order", "mart_session")}`,
      c: `name: c\ntype: ratio\nnumerator: a\ndenominator: b\nfilter: x > 0\n${COMMON}`,
    });
    expect(listFaults(() => loadCatalogue(folder))).toEqual([
      "a.yaml:2:6 sql must be sum(…), since money is converted row by row before it is added up.",
      "b.yaml:9:7 unit is money, but mart_session has no currency column.",
      "c.yaml:5:9 filter needs both sides on one table, but they stand on mart_order and mart_session.",
    ]);
  });
});
