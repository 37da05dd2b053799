import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { MetricResult } from "../../dashboards/web/src/api-types.ts";
import { cardSelector, launchBrowser, noBrowser, openPage, waitForCards } from "./browser.ts";
import { startFixtureServer, type FixtureServer, type FixtureSwitches } from "./fixture-server.ts";

let server: FixtureServer;
let browser: Browser;
let defaults: FixtureSwitches;

if (noBrowser !== undefined) console.warn(`Skipped the states of the pages: ${noBrowser}.`);

/** The default answer with its rows changed. */
function changeRows(change: (result: MetricResult) => MetricResult["rows"]): FixtureSwitches["answer"] {
  return async (query) => {
    const { status, body } = await defaults.answer(query);
    // The default switch answers with metric results only.
    const result = body as MetricResult;
    return { status, body: { ...result, rows: change(result) } };
  };
}

describe.skipIf(noBrowser !== undefined)("states of the pages", () => {
  beforeAll(async () => {
    [server, browser] = await Promise.all([startFixtureServer(), launchBrowser()]);
    defaults = { ...server.switches };
  });
  afterEach(() => void Object.assign(server.switches, defaults));
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  test("a page works under the strictest policy, drawings and tooltips included", async () => {
    const { page, faults, close } = await openPage(browser, `${server.origin}/`);
    await waitForCards(page);
    await page.hover(`${cardSelector("sales-trend")} .chart`);
    await page.waitForSelector(".tooltip");
    expect(faults).toEqual([]);
    await close();
  });

  test("while answers are awaited, cards keep their place and say that they are loading", async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    server.switches.answer = async (query) => {
      await gate;
      return defaults.answer(query);
    };
    const { page, close } = await openPage(browser, `${server.origin}/dashboards/logistics`);
    await page.waitForSelector(".skeleton");
    expect(await page.textContent(`${cardSelector("shipments")} .skeleton`)).toBe("Loading “Shipments”");
    expect(await page.getAttribute(cardSelector("shipments"), "aria-busy")).toBe("true");
    release();
    await waitForCards(page);
    await close();
  });

  test("a card that fails shows the server's words and recovers on request", async () => {
    const problem = {
      title: "The metric query is not valid",
      status: 422,
      code: "METRIC_QUERY_INVALID",
      detail: "The currency XAU has no exchange rate.",
      instance: "request-17",
    };
    server.switches.answer = (query) =>
      query.metrics[0] === "orders" && query.dimensions === undefined
        ? { status: 422, body: problem }
        : defaults.answer(query);
    const { page, close } = await openPage(browser, `${server.origin}/dashboards/sales-geography`);
    const alert = page.locator(`${cardSelector("orders")} [role=alert]`);
    await alert.waitFor();
    expect(await alert.textContent()).toContain("The currency XAU has no exchange rate.");
    expect(await alert.textContent()).toContain("request-17");
    expect(await page.locator("[role=alert]").count()).toBe(1);
    server.switches.answer = defaults.answer;
    await alert.getByRole("button", { name: "Try again" }).click();
    await page.waitForSelector(`${cardSelector("orders")} .kpi-value`);
    expect(await alert.count()).toBe(0);
    await close();
  });

  test("a window without rows says so and offers no empty file", async () => {
    server.switches.answer = changeRows(() => []);
    const { page, close } = await openPage(browser, `${server.origin}/dashboards/logistics`);
    await page.waitForSelector(`${cardSelector("mode-table")} .note`);
    expect(await page.textContent(`${cardSelector("mode-table")} .note-title`)).toBe("No data in this window");
    expect(await page.locator(`${cardSelector("mode-table")} [aria-label^="Download"]`).count()).toBe(0);
    await close();
  });

  test("no value is a dash, never a zero", async () => {
    server.switches.answer = changeRows(({ rows }) =>
      rows.map((row) => row.map((cell, index) => (index === row.length - 1 ? null : cell))),
    );
    const { page, close } = await openPage(browser, `${server.origin}/dashboards/logistics`);
    await waitForCards(page);
    const last = page.locator(`${cardSelector("mode-table")} tbody tr:first-child td:last-child`);
    expect(await last.textContent()).toBe("—No value");
    await close();
  });

  test("a domain without rows names the datasets to ingest", async () => {
    server.switches.rowsPerDomain = 0;
    const { page, close } = await openPage(browser, `${server.origin}/dashboards/logistics`);
    await page.waitForSelector(".no-data");
    expect(await page.textContent(".no-data h2")).toBe("No real data has been loaded for this domain yet");
    expect(await page.textContent(".no-data code")).toBe("npx tradewind ingest shipments <file>");
    expect(await page.locator(".card").count()).toBe(0);
    await close();
  });

  test("old data is called historical with its last day, today's data is not", async () => {
    const old = await openPage(browser, `${server.origin}/dashboards/sales-geography`);
    await waitForCards(old.page);
    expect(await old.page.textContent(".banner")).toContain("9 December 2011");
    expect(await old.page.textContent(`${cardSelector("orders")} .age`)).toBe("Historical data, last day 9 Dec 2011");
    await old.close();

    server.switches.lastDay = new Date().toISOString().slice(0, 10);
    const fresh = await openPage(browser, `${server.origin}/dashboards/sales-geography`);
    await waitForCards(fresh.page);
    expect(await fresh.page.locator(".banner").count()).toBe(0);
    expect(await fresh.page.textContent(`${cardSelector("orders")} .age`)).toMatch(/^Data as of/);
    await fresh.close();
  });

  test("markets that the map cannot show are listed under it", async () => {
    const { page, close } = await openPage(browser, `${server.origin}/dashboards/sales-geography`);
    await waitForCards(page);
    const places = await page.locator(`${cardSelector("sales-map")} .off-map-place`).allTextContents();
    expect(places.map((place) => place.replace(/ £.*/, ""))).toEqual(["Singapore", "Jersey", "Unknown Region"]);
    await close();
  });

  test("an unknown page says so and keeps the menu", async () => {
    const { page, close } = await openPage(browser, `${server.origin}/dashboards/nowhere`);
    await page.getByText("The menu lists every dashboard.").waitFor();
    expect(await page.textContent("h1")).toBe("There is no dashboard with this address");
    await page.getByRole("link", { name: "Traffic" }).click();
    await page.waitForSelector(".card");
    expect(await page.textContent("h1")).toBe("Traffic");
    await close();
  });
});
