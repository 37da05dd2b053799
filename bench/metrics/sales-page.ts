/**
 * Times every card of the Sales page on made-up marts of ten million order lines:
 *   npx tsx bench/metrics/sales-page.ts [lines]
 * Writes results.json beside this file: p50 and p95 of each card, in milliseconds, alone and with the page at once.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { arch, cpus, loadavg, platform, tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase, type Database, type Session } from "../../src/warehouse/database.ts";
import type { Dashboard, DashboardCard } from "../../src/warehouse/metrics/dashboard.ts";
import { dashboardsFolder, metricsFolder } from "../../src/warehouse/metrics/default-folders.ts";
import { loadCatalogue } from "../../src/warehouse/metrics/load-catalogue.ts";
import { loadDashboards } from "../../src/warehouse/metrics/load-dashboards.ts";
import type { MetricQuery } from "../../src/warehouse/metrics/metric-query.ts";
import type { MetricSource } from "../../src/warehouse/metrics/metric-source.ts";
import { queryMetrics } from "../../src/warehouse/metrics/query-metrics.ts";

const RUNS = 40;
const CONNECTIONS = 4;
const lineCount = Number(process.argv[2] ?? 10_000_000);

/** What a reader does: opens the page, looks at all of the data, looks at it in another currency. */
const SCENARIOS: Readonly<Record<string, Omit<MetricQuery, "metrics">>> = {
  "last 90 days, compared": { from: "2023-10-03", to: "2023-12-31", compare: "previous-period" },
  "all 730 days": {},
  "last 90 days in EUR, compared": {
    from: "2023-10-03",
    to: "2023-12-31",
    compare: "previous-period",
    currency: "EUR",
  },
};

const catalogue = loadCatalogue(metricsFolder());
const page = loadDashboards(dashboardsFolder(), catalogue).find((each) => each.id === "sales-geography");
if (page === undefined) throw new Error("The Sales page is missing.");

const folder = mkdtempSync(join(tmpdir(), "tradewind-bench-"));
try {
  const path = join(folder, "marts.duckdb");
  await buildMarts(path);
  const database = await open(path, true);
  const source = await createSource(database);
  const scenarios: Record<string, unknown> = {};
  for (const [name, query] of Object.entries(SCENARIOS)) scenarios[name] = await timePage(page, source, query);
  const [rows] = await source.rows("SELECT count(*) AS product_days FROM mart_product_day");
  database.close();
  const result = {
    measuredAt: new Date().toISOString(),
    machine: { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, platform: platform(), arch: arch() },
    load: loadavg().map((value) => Number(value.toFixed(2))),
    node: process.version,
    lineCount,
    ...rows,
    runs: RUNS,
    unit: "ms",
    scenarios,
  };
  writeFileSync(new URL("results.json", import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function open(path: string, readOnly: boolean): Promise<Database> {
  return openDatabase(path, { memory: "1500MB", threads: 2, tempDir: join(folder, "tmp"), readOnly });
}

async function buildMarts(path: string): Promise<void> {
  const database = await open(path, false);
  const session = await database.session();
  await session.run(readFileSync(new URL("generate_lines.sql", import.meta.url), "utf8"), { line_count: lineCount });
  await session.run(readFileSync(new URL("build_synthetic_marts.sql", import.meta.url), "utf8"));
  await session.run("CHECKPOINT");
  session.close();
  database.close();
}

/** A source over a few connections that take turns, as a server has. */
async function createSource(database: Database): Promise<MetricSource> {
  const sessions: Session[] = [];
  for (let i = 0; i < CONNECTIONS; i++) sessions.push(await database.session());
  let turn = 0;
  return {
    id: "bench",
    asOf: "2023-12-31",
    rows: (sql, params) => sessions[turn++ % CONNECTIONS].rows(sql, params),
  };
}

async function timePage(
  page: Dashboard,
  source: MetricSource,
  query: Omit<MetricQuery, "metrics">,
): Promise<Record<string, unknown>> {
  const ask = (card: DashboardCard) => queryMetrics(source, catalogue, { ...query, ...toQuery(card) });
  const cards: Record<string, unknown> = {};
  for (const card of page.cards) cards[card.id] = await time(() => ask(card));
  return { wholePageAtOnce: await time(() => Promise.all(page.cards.map(ask))), cards };
}

function toQuery(card: DashboardCard): MetricQuery {
  return {
    metrics: card.metrics,
    ...(card.dimension === undefined ? {} : { dimensions: [card.dimension] }),
    ...(card.sort === undefined ? {} : { orderBy: card.sort }),
    ...(card.limit === undefined ? {} : { limit: card.limit }),
  };
}

/** Wall times of the runs, and the processor time of one, which a busy machine does not stretch. */
async function time(work: () => Promise<unknown>): Promise<{ p50: number; p95: number; cpu: number }> {
  await work();
  const durations: number[] = [];
  const before = process.cpuUsage();
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    await work();
    durations.push(performance.now() - start);
  }
  const spent = process.cpuUsage(before);
  durations.sort((left, right) => left - right);
  const at = (share: number) => round(durations[Math.ceil(share * RUNS) - 1] ?? 0);
  return { p50: at(0.5), p95: at(0.95), cpu: round((spent.user + spent.system) / 1000 / RUNS) };
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
