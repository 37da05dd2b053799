import { readdirSync, readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

import type { DashboardAnswer, MetricDescription, MetricQuery } from "../../dashboards/web/src/api-types.ts";
import { answerQuery, FIXTURE_MARKETS, FIXTURE_RELEASE, FIXTURE_WINDOW } from "./fixture-answers.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

/** The strictest policy the pages must work under. */
const PAGE_POLICY = "default-src 'self'; style-src 'self'; img-src 'self' data:";

export interface FixtureAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** What a test can change while the server runs. */
export interface FixtureSwitches {
  /** Answers of POST /v1/metrics/query; by default numbers that are easy to check. */
  answer: (query: MetricQuery) => FixtureAnswer | Promise<FixtureAnswer>;
  /** Rows of every domain; 0 makes pages say that there is no data yet. */
  rowsPerDomain: number;
  /** Last day of every domain but traffic, whose rows carry no days. */
  lastDay: string;
}

export interface FixtureServer {
  readonly origin: string;
  readonly switches: FixtureSwitches;
  readonly close: () => Promise<void>;
}

/** Serves the built pages with the real page and metric files and made-up numbers, so that every state can be seen. */
export async function startFixtureServer(): Promise<FixtureServer> {
  const catalogue = readCatalogue();
  const switches: FixtureSwitches = {
    answer: (query) => ({ status: 200, body: answerQuery(query, catalogue.metrics) }),
    rowsPerDomain: 1_000,
    lastDay: FIXTURE_WINDOW.to,
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    if (path === "/v1/metrics/query") {
      let text = "";
      request.on("data", (chunk: Buffer) => (text += chunk.toString()));
      request.on("end", () => {
        void Promise.resolve(switches.answer(JSON.parse(text) as MetricQuery)).then(({ status, body }) =>
          sendJson(response, status, body),
        );
      });
    } else if (path === "/v1/metrics") {
      sendJson(response, 200, catalogue);
    } else if (path.startsWith("/v1/dashboards")) {
      const pages = readPages(switches);
      const id = path.slice("/v1/dashboards/".length);
      const page = pages.find((it) => it.id === id);
      if (id === "") sendJson(response, 200, { dashboards: pages, ...FIXTURE_RELEASE });
      else if (page === undefined)
        sendJson(response, 404, { title: "No such dashboard", status: 404, code: "DASHBOARD_NOT_FOUND" });
      else sendJson(response, 200, page);
    } else {
      sendFile(response, path);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    switches,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": status < 400 ? "application/json" : "application/problem+json" });
  response.end(JSON.stringify(body));
}

function sendFile(response: ServerResponse, path: string): void {
  const isPage = path === "/" || path === "/planner" || path.startsWith("/dashboards");
  const file = isPage ? "/index.html" : path;
  try {
    const content = readFileSync(join(root, "dist", "web", file));
    response.writeHead(200, {
      "content-type": CONTENT_TYPES[extname(file)] ?? "application/octet-stream",
      "content-security-policy": PAGE_POLICY,
    });
    response.end(content);
  } catch {
    response.writeHead(404).end();
  }
}

function readYamlFolder(folder: string): unknown[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => parse(readFileSync(join(root, folder, name), "utf8")));
}

function readPages({ rowsPerDomain: rows, lastDay }: FixtureSwitches): DashboardAnswer[] {
  const pages = readYamlFolder("dashboards") as (DashboardAnswer & { readonly order: number })[];
  return pages
    .toSorted((left, right) => left.order - right.order)
    .map((page) => ({
      ...page,
      ...FIXTURE_RELEASE,
      freshness: page.domain.map((domain) => ({
        domain,
        table: `mart_${domain}`,
        rows,
        firstOn: rows === 0 ? null : FIXTURE_WINDOW.from,
        lastOn: rows === 0 || domain === "traffic" ? null : lastDay,
      })),
    }));
}

function readCatalogue() {
  const files = readYamlFolder("dashboards/metrics") as (MetricDescription & { readonly type: string })[];
  const metrics = files.map((metric): MetricDescription => ({ ...metric, grain: spellOutGrain(metric) }));
  return {
    metrics,
    dimensions: [
      { name: "time", label: { en: "Time", zh: "时间" } },
      { name: "store", label: { en: "Store", zh: "店铺" } },
      { name: "market", label: { en: "Market", zh: "市场" } },
      { name: "product", label: { en: "Product", zh: "商品" } },
      { name: "mode", label: { en: "Transport mode", zh: "运输方式" } },
      { name: "visitor_kind", label: { en: "Visitor", zh: "访客类型" } },
      { name: "month_of_year", label: { en: "Month of the year", zh: "月份" } },
    ],
    stores: [{ id: "online-retail", name: "Online Retail" }],
    markets: FIXTURE_MARKETS.map(({ id, isoNumeric }) => ({ id, name: id, isoNumeric })),
    currencies: ["CNY", "EUR", "GBP", "JPY", "USD"],
    ...FIXTURE_RELEASE,
  };
}

/** As the API does it: a ratio or formula has the dimensions of its domain's simple metrics. */
function spellOutGrain(metric: MetricDescription): readonly string[] {
  if (metric.domain === "traffic") return ["store", "month_of_year", "visitor_kind", "device"];
  const time = ["time", "day", "week", "month"];
  if (metric.domain === "shipments") return [...time, "store", "market", "mode"];
  return [...time, "store", "market", ...(metric.name.startsWith("product_") ? ["product"] : [])];
}
