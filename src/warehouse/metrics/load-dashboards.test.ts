import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dashboardsFolder, metricsFolder } from "./default-folders.ts";
import { loadCatalogue } from "./load-catalogue.ts";
import { loadDashboards } from "./load-dashboards.ts";
import { listFaults } from "./testing/list-faults.ts";

const catalogue = loadCatalogue(metricsFolder());
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pages-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const HEAD = `id: page
title: { en: Page, zh: 页 }
description: { en: A page., zh: 一页。 }
domain: [orders]
`;

function faults(text: string): string[] {
  writeFileSync(join(folder, "page.yaml"), text);
  return listFaults(() => loadDashboards(folder, catalogue));
}

describe("loadDashboards", () => {
  it("reads the pages of the product in menu order", () => {
    const pages = loadDashboards(dashboardsFolder(), catalogue);
    expect(pages.map((page) => page.id)).toEqual(["sales-geography", "logistics", "traffic", "marketing", "payments"]);
    for (const page of pages) expect(page.noData?.datasets.length).toBeGreaterThan(0);
  });

  it("offers no date range where the data has no dates", () => {
    const traffic = loadDashboards(dashboardsFolder(), catalogue).find((page) => page.id === "traffic");
    expect(traffic?.filters.map((filter) => filter.kind)).toEqual(["dimension", "dimension", "dimension"]);
  });

  it("reports every fault of the shape with line, fault and accepted values", () => {
    const text = `${HEAD}filters:
  - { kind: dimension }
  - { kind: date-range, default: last-3-days }
cards:
  - id: Sales
    kind: pie
    title: { en: Sales }
    metrics: [net_sales]
    width: 13
  - id: kpi
    kind: kpi
    title: { en: Orders, zh: 订单 }
    metrics: [orders]
    dimension: market
    width: 3
`;
    expect(faults(text)).toEqual([
      "page.yaml:6:5 filters[0].dimension is missing.",
      'page.yaml:7:34 filters[1].default is "last-3-days"; accepted are all, last-7-days, last-28-days, last-90-days, last-365-days.',
      'page.yaml:9:9 cards[0].id is "Sales"; it must match ^[a-z][a-z0-9]*(-[a-z0-9]+)*$.',
      'page.yaml:10:11 cards[0].kind is "pie"; accepted are kpi, trend, map, bar, table.',
      "page.yaml:11:12 cards[0].title.zh is missing.",
      "page.yaml:13:12 cards[0].width is 13; it must be <= 12.",
      'page.yaml:18:5 cards[1].dimension does not belong here; remove it. The kind here is "kpi".',
    ]);
  });

  it("reports names that do not fit together", () => {
    const text = `${HEAD.replace("id: page", "id: other")}filters:
  - { kind: dimension, dimension: mode }
  - { kind: currency }
  - { kind: currency }
cards:
  - id: a
    kind: bar
    title: { en: A, zh: 甲 }
    metrics: [orders, net_profit]
    dimension: product
    sort: { by: units, direction: desc }
    width: 3
  - id: a
    kind: kpi
    title: { en: A, zh: 甲 }
    metrics: [shipments]
    width: 3
`;
    expect(faults(text)).toEqual([
      'page.yaml:1:5 id is "other"; it must be "page", as the file is called.',
      'page.yaml:6:35 filters[0].dimension is "mode", but orders of card "a" can be filtered by time, day, week, month, store, market only.',
      "page.yaml:8:5 filters[2] offers currency a second time.",
      expect.stringMatching(
        /^page\.yaml:13:23 cards\[0\]\.metrics\[1\] is "net_profit", which is no metric; known are /,
      ),
      'page.yaml:14:16 cards[0].dimension is "product", but orders can be cut by time, day, week, month, store, market only.',
      'page.yaml:15:17 cards[0].sort.by is "units"; the card can be sorted by orders, net_profit, product.',
      'page.yaml:17:9 cards[1].id is "a", which another card of the page has already.',
    ]);
  });

  it("finds a broken file before anything else", () => {
    expect(faults(`${HEAD}cards: [\nfilters: []`)[0]).toMatch(/^page\.yaml:\d+:\d+ /);
    expect(faults("")).toEqual([expect.stringContaining("is null; it must be of type object.")]);
  });

  it("says all of it in one message", () => {
    writeFileSync(join(folder, "page.yaml"), `${HEAD}filters: {}\ncards: 3\n`);
    expect(() => loadDashboards(folder, catalogue)).toThrow(
      /2 faults in dashboard or metric files:\n {2}.*page\.yaml:5:10 filters is \{\}; it must be of type array\.\n {2}.*page\.yaml:6:8 cards is 3;/,
    );
  });

  it("names a folder that is not there", () => {
    expect(() => loadDashboards(join(folder, "none"), catalogue)).toThrow(/DASHBOARD_INVALID: The folder .*none/);
  });
});
