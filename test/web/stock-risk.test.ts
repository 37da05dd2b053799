import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServer } from "../../src/api/server.ts";
import { readConfig } from "../../src/core/config.ts";
import { packageRoot } from "../../src/core/paths.ts";
import { runCli } from "../support/cli-process.ts";
import { keepScreenshot, launchBrowser, noBrowser, openPage } from "./browser.ts";

const ORDERS = join(packageRoot(), "data", "orders", "online_retail_2010_2011.parquet");
const LAST_DAY = "2011-12-09";
/** What each has in stock: plenty, a little, nothing of well-selling products of the bundled orders. */
const STOCK = { "85123A": 9000, "22423": 40, "84879": 0, "85099B": 300, "21212": 25 } as const;

let browser: Browser;
let url = "";
let close: () => Promise<void> = async () => {};

interface Listed {
  readonly products: readonly {
    readonly productId: string;
    readonly stockoutRisk: number | null;
    readonly expectedLostMinor: number | null;
  }[];
}

interface Outcome {
  readonly units: { readonly expected: number; readonly low: number; readonly high: number };
}

async function ask<Answer>(path: string, body?: object): Promise<Answer> {
  const headers = { "content-type": "application/json" };
  const init = body === undefined ? {} : { method: "POST", headers, body: JSON.stringify(body) };
  // Answers follow the API's published schema.
  return (await (await fetch(url + path, init)).json()) as Answer;
}

/** A night over a year of bundled orders and a snapshot of five products' stock, served. */
async function serveStocked(): Promise<void> {
  const varDir = mkdtempSync(join(tmpdir(), "tradewind-stocked-"));
  const snapshot = join(varDir, "stock.csv");
  const rows = Object.entries(STOCK).map(([sku, onHand]) => `online-retail,${sku},A,,${LAST_DAY},${onHand},0,0`);
  const head = "store_id,product_id,hub_id,market_id,snapshot_on,on_hand,reserved,inbound";
  writeFileSync(snapshot, [head, ...rows, ""].join("\n"));
  const installation = { varDir, dataDir: join(packageRoot(), "data") };
  for (const words of [
    ["ingest", "order-lines", ORDERS, "--source", "online-retail"],
    ["ingest", "inventory-snapshots", snapshot],
    ["nightly", "--as-of", LAST_DAY],
  ]) {
    const { code, stderr } = await runCli(installation, words);
    if (code !== 0) throw new Error(`${words.join(" ")} failed:\n${stderr}`);
  }
  const config = readConfig({}, { varDir, port: 0 });
  const server = await startServer({ config, logLevel: "error", isScheduling: false });
  url = server.url;
  close = async () => {
    await server.close();
    rmSync(varDir, { recursive: true, force: true });
  };
}

if (noBrowser !== undefined) console.warn(`Skipped the risks of stock: ${noBrowser}.`);

describe.skipIf(noBrowser !== undefined)("stock at risk and what-if", () => {
  beforeAll(async () => {
    [browser] = await Promise.all([launchBrowser(), serveStocked()]);
  });
  afterAll(async () => {
    await browser?.close();
    await close();
  });

  test("lists what may run out as the API answers it, sorted by the heading pressed", async () => {
    const { page, faults, close: closePage } = await openPage(browser, `${url}/dashboards/inventory`);
    const shown = async (): Promise<(string | null)[]> =>
      page.locator("[data-risk]").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-risk")));
    await page.waitForSelector("[data-risk]");
    const byLoss = await ask<Listed>("/v1/inventory/reorder?sort=expectedLostMinor&limit=20");
    const known = ({ products }: Listed) => products.filter(({ stockoutRisk }) => stockoutRisk !== null);
    expect(await shown()).toEqual(known(byLoss).map(({ productId }) => productId));
    expect(new Set(await shown())).toEqual(new Set(Object.keys(STOCK)));

    await page.click("[aria-labelledby='card-risk'] th button:has-text('Risk of running out')");
    await page.waitForSelector(
      "[aria-labelledby='card-risk'] th[aria-sort='descending']:has-text('Risk of running out')",
    );
    await page.waitForSelector("[aria-labelledby='card-risk'] [aria-busy='false']");
    const byRisk = known(await ask<Listed>("/v1/inventory/reorder?sort=stockoutRisk&limit=20"));
    expect(await shown()).toEqual(byRisk.map(({ productId }) => productId));
    expect(byRisk[0]?.productId).toBe("84879");
    expect(byRisk[0]?.stockoutRisk).toBeGreaterThan(0.9);
    expect(byRisk.at(-1)?.stockoutRisk).toBeLessThan(0.2);
    await page.locator("section[aria-labelledby='card-risk']").scrollIntoViewIfNeeded();
    await keepScreenshot(page, "stock-risk");
    expect(faults).toEqual([]);
    await closePage();
  });

  test("says what a promotion would do to units, revenue and margin, with its interval", async () => {
    const address = `${url}/dashboards/inventory?product=22423&unitCostMinor=500`;
    const { page, faults, close: closePage } = await openPage(browser, address, { colorScheme: "dark" });
    await page.waitForSelector("[data-form='what-if']");
    await page.fill("[data-form='what-if'] input[name='discount']", "20");
    await page.fill("[data-form='what-if'] input[name='days']", "7");
    await page.click("[data-form='what-if'] button[type='submit']");
    await page.waitForSelector("[data-scenario='changed']");
    const body = { product: "22423", discount: 0.2, days: 7, unitCostMinor: 500, usePooled: true };
    const { now, changed } = await ask<{ now: Outcome; changed: Outcome }>("/v1/pricing/what-if", body);
    const write = (value: number): string => Math.round(value).toLocaleString("en-GB");
    const cell = (await page.textContent("[data-scenario='changed'] td:nth-of-type(2)")) ?? "";
    for (const value of [changed.units.expected, changed.units.low, changed.units.high]) {
      expect(cell).toContain(write(value));
    }
    const { expected, low, high } = now.units;
    expect(await page.textContent("[data-scenario='now'] td:nth-of-type(2)")).toBe(
      low === high ? write(expected) : `${write(expected)}${write(low)} – ${write(high)}`,
    );
    await page.locator("section[aria-labelledby='card-what-if']").scrollIntoViewIfNeeded();
    await keepScreenshot(page, "what-if-dark");

    // At the newest price the page need not warn; a thousand times as dear nobody knows what demand does.
    await page.fill("[data-form='what-if'] input[name='discount']", "0");
    await page.click("[data-form='what-if'] button[type='submit']");
    await page.waitForSelector("[aria-labelledby='card-what-if'] [data-beyond-seen]", { state: "detached" });
    await page.waitForSelector("[data-scenario='changed']");
    expect(await page.locator("[aria-labelledby='card-what-if'] [data-beyond-seen]").count()).toBe(0);
    await page.fill("[data-form='what-if'] input[name='discount']", "");
    await page.fill("[data-form='what-if'] input[name='price']", "1000000");
    await page.click("[data-form='what-if'] button[type='submit']");
    await page.waitForSelector("[aria-labelledby='card-what-if'] [data-beyond-seen]");
    expect(faults).toEqual([]);
    await closePage();
  });

  test("fits a phone", async () => {
    const viewport = { width: 390, height: 844 };
    const address = `${url}/dashboards/inventory?product=22423&unitCostMinor=500`;
    const { page, faults, close: closePage } = await openPage(browser, address, { viewport });
    await page.waitForSelector("[data-risk]");
    await page.fill("[data-form='what-if'] input[name='price']", "1200");
    await page.click("[data-form='what-if'] button[type='submit']");
    await page.waitForSelector("[data-scenario='changed']");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await keepScreenshot(page, "stock-risk-phone");
    expect(faults).toEqual([]);
    await closePage();
  });
});
