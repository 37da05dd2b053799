import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageRoot } from "../../src/core/paths.ts";
import { serveDemo, type ServedDemo } from "../support/served-demo.ts";
import { keepScreenshot, launchBrowser, noBrowser, openPage } from "./browser.ts";

let demo: ServedDemo;
let browser: Browser;

interface Shelf {
  readonly items: readonly { readonly itemId: string; readonly title: string }[];
}

async function idsOf(path: string): Promise<string[]> {
  // Answers follow the API's published schema.
  const answer = (await (await fetch(demo.url + path)).json()) as Shelf;
  return answer.items.map((item) => item.itemId);
}

/** A read-out with visitors, as the API would answer it. */
const READ_OUT = {
  id: "more-diverse-shelf",
  title: "Does a more varied shelf sell more?",
  startsOn: "2011-12-10",
  endsOn: "2011-12-31",
  isActive: false,
  variants: [
    { id: "control", share: 0.5 },
    { id: "diverse", share: 0.5 },
  ],
  readOut: {
    currency: "GBP",
    against: "control",
    leftOut: 3,
    variants: [
      {
        variant: "control",
        visitors: 100,
        impressions: 2000,
        clicks: 30,
        buyers: 10,
        revenuePerVisitor: 400,
        marginPerVisitor: 150,
        costedShare: 0.9,
      },
      {
        variant: "diverse",
        visitors: 300,
        impressions: 6000,
        clicks: 120,
        buyers: 60,
        revenuePerVisitor: 500,
        marginPerVisitor: null,
        costedShare: null,
      },
    ],
    differences: [
      {
        variant: "diverse",
        buyersAdjusted: { difference: 0.1, low: 0.05, high: 0.15 },
        revenueAdjusted: { difference: 100, low: 25, high: 175 },
        marginAdjusted: null,
      },
    ],
    candidates: [
      {
        candidate: "best-sellers",
        lists: 400,
        coverage: 0.9,
        clicksPerList: { value: 0.5246, low: 0.31, high: 0.74 },
        revenuePerList: null,
        shown: { clicksPerList: 0.4, revenuePerList: 150 },
      },
    ],
    sampleRatio: { pValue: 1e-9, warning: "split" },
  },
};

/** Items that a side of the page shows, in order. */
const SHELF_ITEMS = (side: "a" | "b") => `[aria-labelledby="card-shelf-${side}"] [data-item]`;

if (noBrowser !== undefined) console.warn(`Skipped the recommendation pages: ${noBrowser}.`);

describe.skipIf(noBrowser !== undefined)("recommendation pages on the bundled data", () => {
  beforeAll(async () => {
    [demo, browser] = await Promise.all([serveDemo(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.close();
  });

  test("two settings of a customer's list stand side by side as the API answers them", async () => {
    const address = `${demo.url}/dashboards/recommendations?for=customer&id=17850&market=GB&b.excludePurchased=false`;
    const { page, faults, close } = await openPage(browser, address);
    await page.waitForSelector(SHELF_ITEMS("a"));
    await page.waitForSelector(SHELF_ITEMS("b"));
    const read = (side: "a" | "b") =>
      page.locator(SHELF_ITEMS(side)).evaluateAll((rows) => rows.map((row) => row.getAttribute("data-item") ?? ""));
    const path = "/v1/recommendations/customers/17850?n=10&market=GB";
    const [a, b] = [await idsOf(path), await idsOf(`${path}&excludePurchased=false`)];
    expect(await read("a")).toEqual(a);
    expect(await read("b")).toEqual(b);
    const both = a.filter((item) => b.includes(item)).length;
    expect(await page.textContent(".shelf-overlap")).toContain(`${both} items in both lists`);
    await page.waitForSelector(".chart-bar svg path");
    await keepScreenshot(page, "recommendations-customer");
    expect(faults).toEqual([]);
    await close();
  });

  test("two models stand side by side", async () => {
    const { page, faults, close } = await openPage(
      browser,
      `${demo.url}/dashboards/recommendations?for=customer&id=17850`,
    );
    await page.waitForSelector(SHELF_ITEMS("b"));
    const chooser = page.getByLabel("Model", { exact: true });
    await chooser.nth(0).selectOption("co-purchase");
    await chooser.nth(1).selectOption("popular");
    await page.click(".shelf-form button[type='submit']");
    await page.waitForFunction(() => location.search.includes("b.model=popular"));
    const path = "/v1/recommendations/customers/17850?n=10&model=";
    const [a, b] = [await idsOf(`${path}co-purchase`), await idsOf(`${path}popular`)];
    expect(a).not.toEqual(b);
    await page.waitForSelector(`${SHELF_ITEMS("a")}[data-item="${a[0]}"]`);
    await page.waitForSelector(`${SHELF_ITEMS("b")}[data-item="${b[0]}"]`);
    const read = (side: "a" | "b") =>
      page.locator(SHELF_ITEMS(side)).evaluateAll((rows) => rows.map((row) => row.getAttribute("data-item") ?? ""));
    expect(await read("a")).toEqual(a);
    expect(await read("b")).toEqual(b);
    await keepScreenshot(page, "recommendations-models");
    expect(faults).toEqual([]);
    await close();
  });

  test("says which items may be shown, in which order, and which filter bars the others", async () => {
    const address = `${demo.url}/dashboards/recommendations?for=customer&id=17850&market=GB&a.priceToMinor=1000`;
    const { page, faults, close } = await openPage(browser, address);
    await page.fill("[data-form='check'] input", "22423, 23355, 22114, no-such-item");
    await page.click("[data-form='check'] button");
    await page.waitForSelector("[data-checked]");
    const body = { candidates: ["22423", "23355", "22114"], market: "GB", customerId: "17850", priceToMinor: 1000 };
    const response = await fetch(`${demo.url}/v1/recommendations/rank`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...body, excludePurchased: true }),
    });
    const { items } = (await response.json()) as Shelf;
    const rows = page.locator("[data-checked]");
    const ids = await rows.evaluateAll((all) => all.map((row) => row.getAttribute("data-checked")));
    // What costs more than the filter allows comes after what may be shown.
    expect(ids).toEqual([...items.map(({ itemId }) => itemId), "22423", "no-such-item"]);
    expect(await rows.locator("td").allTextContents()).toEqual([
      ...items.map((_, at) => `yes, as number ${at + 1}`),
      "no: left out by a filter of setting A",
      "no: this release does not know it",
    ]);
    await page.locator("section[aria-labelledby='card-check']").scrollIntoViewIfNeeded();
    await keepScreenshot(page, "recommendations-check");
    expect(faults).toEqual([]);
    await close();
  });

  test("the form asks for a basket, and the address keeps the question", async () => {
    const { page, faults, close } = await openPage(browser, `${demo.url}/dashboards/sales-geography`);
    await page.click("nav a[href$='/dashboards/recommendations']");
    await page.waitForSelector(SHELF_ITEMS("a"));
    await page.selectOption(".shelf-form select", "basket");
    await page.fill("input[name='id']", "85123A, no-such-item");
    await page.fill("input[name='a.priceToMinor']", "200");
    await page.click(".shelf-form button[type='submit']");
    await page.waitForSelector(`.shelf-source:has-text("no-such-item")`);
    const search = new URL(page.url()).searchParams;
    expect([search.get("for"), search.get("id"), search.get("a.priceToMinor")]).toEqual([
      "basket",
      "85123A, no-such-item",
      "200",
    ]);
    await page.reload();
    await page.waitForSelector(`${SHELF_ITEMS("b")} .shelf-detail:has-text("Bought with 85123A")`);
    expect(faults).toEqual([]);
    await close();
  });

  test("an unknown item shows the API's words, and Chinese and dark work without a refusal", async () => {
    const address = `${demo.url}/dashboards/recommendations?for=item&id=no-such-item&lang=zh`;
    const { page, faults, close } = await openPage(browser, address, { colorScheme: "dark" });
    await page.waitForSelector(".note-problem");
    expect(await page.textContent("h1")).toBe("商品推荐");
    expect(await page.textContent(".note-problem")).toContain("no-such-item");
    // The browser itself reports the 404 of either side.
    expect(faults.filter((fault) => !fault.includes("404"))).toEqual([]);
    await page.fill("input[name='id']", "85123A");
    await page.click(".shelf-form button[type='submit']");
    await page.waitForSelector(SHELF_ITEMS("a"));
    await keepScreenshot(page, "recommendations-zh-dark");
    await close();
  });

  test("an experiment is read out: nobody yet, and figures with differences and a warning", async () => {
    const { page, faults, close } = await openPage(browser, `${demo.url}/dashboards/recommendations`);
    const card = "section[aria-labelledby='card-experiment-more-diverse-shelf']";
    await page.waitForSelector(`${card} .note:has-text("Nobody has been shown")`);
    await page.route("**/v1/experiments/more-diverse-shelf", (route) => route.fulfill({ json: READ_OUT }));
    await page.reload();
    await page.waitForSelector(`${card} [data-variant="diverse"]`);
    const cells = (row: string) => page.locator(`${card} ${row} td`).allTextContents();
    expect(await cells('[data-variant="diverse"]')).toEqual(["300", "6,000", "120", "20.0%", "£5.00", "—"]);
    expect(await cells('[data-against="diverse"]')).toEqual(["10.0% [5.0%, 15.0%]", "£1.00 [£0.25, £1.75]", "—"]);
    expect(await cells('[data-candidate="best-sellers"]')).toEqual([
      "400",
      "90.0%",
      "0.525 [0.310, 0.740]",
      "0.400",
      "—",
      "£1.50",
    ]);
    expect(await page.textContent(`${card} [role="alert"]`)).toContain("100 : 300 where 50 % : 50 % was planned");
    await page.locator(card).scrollIntoViewIfNeeded();
    await keepScreenshot(page, "recommendations-experiment");
    expect(faults).toEqual([]);
    await close();
  });

  test("the storefront's shelf follows what the shopper opens", async () => {
    const shop = spawn(process.execPath, [join(packageRoot(), "examples/storefront/serve.mjs"), demo.url, "0"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const { page, faults, close } = await openPage(browser, await firstLine(shop));
      await page.waitForSelector(".shelf button");
      const shown = await page
        .locator(".shelf button")
        .evaluateAll((buttons) => buttons.map((button) => button.getAttribute("data-item") ?? ""));
      expect(shown).toEqual(await idsOf("/v1/recommendations/popular?n=8"));
      await page.locator(".shelf button").first().click();
      await page.waitForSelector("#heading:has-text('Because you looked at')");
      const after = await page
        .locator(".shelf button")
        .evaluateAll((buttons) => buttons.map((button) => button.getAttribute("data-item") ?? ""));
      expect(after.length).toBeGreaterThan(0);
      expect(after).not.toEqual(shown);
      expect(after).not.toContain(shown[0]);
      expect(faults).toEqual([]);
      await keepScreenshot(page, "storefront");
      await close();
    } finally {
      shop.kill();
    }
  });
});

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("the shop has no output");
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return line.toString().trim();
}
