import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";

const CHROMIUM = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";

/** Why browser tests cannot run here; undefined when they can. */
export const noBrowser = existsSync(CHROMIUM)
  ? undefined
  : `no Chromium at ${CHROMIUM}; install it or set CHROMIUM_PATH`;

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A page and everything that went wrong on it: console errors, refused content, requests to other hosts. */
export interface WatchedPage {
  readonly page: Page;
  readonly faults: string[];
  readonly close: () => Promise<void>;
}

/** Opens an address in a fresh context, in British English on a desk screen unless told otherwise. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    acceptDownloads: true,
    ...options,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("request", (request) => {
    const asked = new URL(request.url());
    const isLocal = asked.protocol === "data:" || asked.protocol === "blob:" || asked.origin === new URL(url).origin;
    if (!isLocal) faults.push(`request to ${asked.origin}`);
  });
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      // The console is where the watching side listens.
      console.error(`policy violated: ${event.violatedDirective} by ${event.blockedURI} ${event.sample}`);
    });
  });
  await page.goto(url);
  return { page, faults, close: () => context.close() };
}

/** Waits until every card has its answer and every chart is drawn. */
export async function waitForCards(page: Page): Promise<void> {
  await page.waitForSelector(".card");
  await page.waitForFunction(
    () =>
      document.querySelectorAll(".skeleton, [aria-busy='true']").length === 0 &&
      [...document.querySelectorAll(".chart")].every((chart) => chart.querySelector("svg path") !== null),
  );
}

/** The card of an id of the page's file. */
export function cardSelector(id: string): string {
  return `[aria-labelledby="card-${id}"]`;
}

const OUTPUT = fileURLToPath(new URL("./__output__/", import.meta.url));

/** Keeps a picture for people to look at. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  mkdirSync(OUTPUT, { recursive: true });
  await page.screenshot({ path: join(OUTPUT, `${name}.png`) });
}
