import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatValue } from "../../dashboards/web/src/text/format.ts";
import { serveDemo, type ServedDemo } from "../support/served-demo.ts";
import { keepScreenshot, launchBrowser, noBrowser, openPage } from "./browser.ts";

let demo: ServedDemo;
let browser: Browser;

interface Answer {
  readonly products: readonly { readonly productId: string }[];
  readonly best: { readonly units: number };
}

async function ask(path: string, body?: object): Promise<Answer> {
  const post = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  // Answers follow the API's published schema.
  return (await (await fetch(demo.url + path, body === undefined ? {} : post)).json()) as Answer;
}

interface ModelFigures {
  readonly name: string;
  readonly metrics: Readonly<Record<string, number>>;
  readonly baseline: Readonly<Record<string, number>>;
}

/** Figures of the served forecasts, as the API tells them. */
async function findForecastModel(): Promise<ModelFigures> {
  const answer = await fetch(`${demo.url}/v1/releases`);
  const { releases } = (await answer.json()) as {
    releases: { isServed: boolean; models: ModelFigures[] }[];
  };
  const models = releases.find(({ isServed }) => isServed)?.models ?? [];
  return models.find(({ name }) => name === "seasonal-forecast") as ModelFigures;
}

if (noBrowser !== undefined) console.warn(`Skipped the inventory page: ${noBrowser}.`);

describe.skipIf(noBrowser !== undefined)("the inventory page on the bundled data", () => {
  beforeAll(async () => {
    [demo, browser] = await Promise.all([serveDemo(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.close();
  });

  test("lists what to reorder as the API answers it, and choosing a product shows its forecast and price", async () => {
    const { page, faults, close } = await openPage(browser, `${demo.url}/dashboards/sales-geography`);
    await page.click("nav a[href$='/dashboards/inventory']");
    await page.waitForSelector("[data-product]");
    const shown = await page
      .locator("[data-product]")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-product")));
    const { products } = await ask("/v1/inventory/reorder?limit=50");
    expect(shown).toEqual(products.map(({ productId }) => productId));

    await page.click('[data-product="22423"] button');
    await page.waitForSelector('h2:has-text("Forecast: 22423")');
    await page.fill("input[name='unitCostMinor']", "500");
    await page.click(".stock-form button[type='submit']");
    await page.waitForSelector("[data-price]");
    const advice = await ask("/v1/pricing/optimize", { product: "22423", unitCostMinor: 500, usePooled: true });
    const units = Math.round(advice.best.units).toLocaleString("en-GB");
    expect(await page.textContent("[data-price='Best price']")).toContain(units);
    await page.waitForSelector("[aria-labelledby='card-fan'] svg path", { state: "attached" });
    expect(await page.locator("[aria-labelledby='card-fan'] .legend-item").allTextContents()).toEqual(
      [50, 80, 95].map((share) => `${share} in 100 outcomes`),
    );
    const smooth = page.locator("[aria-labelledby='card-accuracy'] tbody tr", { hasText: "Smooth" });
    const { metrics, baseline } = await findForecastModel();
    expect(await smooth.locator("td").allTextContents()).toEqual(
      [
        metrics["smoothWape"],
        baseline["smoothNaiveWape"],
        baseline["smoothSeasonalNaiveWape"],
        metrics["smoothBias"],
        metrics["smoothCoverage80"],
      ].map((value) => formatValue(value ?? null, { unit: "percent" }, "en")),
    );
    await keepScreenshot(page, "inventory");
    expect(faults).toEqual([]);
    await close();
  });

  test("a forecast that is not the usual one says why", async () => {
    const { page, faults, close } = await openPage(browser, "about:blank");
    const reason = "Nothing was sold for 26 weeks.";
    await page.route("**/v1/forecasts?*", async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), method: "ended", reason } });
    });
    await page.goto(`${demo.url}/dashboards/inventory?product=22423`);
    await page.locator("[aria-labelledby='card-fan'] .card-note", { hasText: reason }).waitFor();
    expect(await page.textContent("#card-fan")).toContain("ended");
    expect(faults.filter((fault) => !fault.startsWith("request to"))).toEqual([]);
    await close();
  });

  test("an unknown product shows the API's words, in Chinese and dark too", async () => {
    const address = `${demo.url}/dashboards/inventory?product=no-such-product&market=GB&lang=zh`;
    const { page, faults, close } = await openPage(browser, address, { colorScheme: "dark" });
    await page.waitForSelector("[aria-labelledby='card-fan'] .note-problem");
    expect(await page.textContent("h1")).toBe("库存与预测");
    await page.waitForSelector("[data-product]");
    // The browser itself reports the 404.
    expect(faults.filter((fault) => !fault.includes("404"))).toEqual([]);
    await keepScreenshot(page, "inventory-zh-dark");
    await close();
  });

  test("fits a phone", async () => {
    const viewport = { width: 390, height: 844 };
    const { page, faults, close } = await openPage(browser, `${demo.url}/dashboards/inventory`, { viewport });
    await page.waitForSelector("[data-product]");
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
    await keepScreenshot(page, "inventory-phone");
    expect(faults).toEqual([]);
    await close();
  });
});
