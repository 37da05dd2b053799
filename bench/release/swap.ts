import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { varPaths } from "../../src/core/paths.ts";
import { conform } from "../../src/warehouse/conform.ts";
import { openDatabase } from "../../src/warehouse/database.ts";
import { buildMarts } from "../../src/warehouse/marts/build-marts.ts";
import { migrate } from "../../src/warehouse/migrate.ts";
import { createReleaseReader } from "../../src/warehouse/release-reader.ts";
import { publishRelease } from "../../src/warehouse/releases/publish-release.ts";
import { stageRelease } from "../../src/warehouse/releases/stage-release.ts";

/**
 * How long a change-over to a new release takes while readers query without pause, and whether any of them fails.
 * Run: `npx tsx bench/release/swap.ts [lines] [change-overs]`; prints JSON.
 */
const lineCount = Number(process.argv[2] ?? 200_000);
const swapCount = Number(process.argv[3] ?? 20);
const READERS = 8;

const root = mkdtempSync(join(tmpdir(), "tradewind-swap-"));
const paths = varPaths(root);
const engine = { memory: "500MB", threads: 2, tempDir: paths.temp };

const database = await openDatabase(":memory:", engine);
const session = await database.session();
await migrate(session);
await session.run(
  `INSERT INTO fct_order_line
   SELECT 'shop', (i // 20)::VARCHAR, TIMESTAMP '2010-01-01' + INTERVAL (i // 20) MINUTE,
     (TIMESTAMP '2010-01-01' + INTERVAL (i // 20) MINUTE)::DATE, (i // 20 % 5000)::VARCHAR, 'GB', (i % 3000)::VARCHAR,
     NULL, 'product', 'sale', 1, 2.5, 'GBP', 250, i, 1, 1, i
   FROM range($lines) AS lines(i)`,
  { lines: lineCount },
);
await conform(session);
const asOf = "2012-12-31";
await buildMarts(session, { asOf });
// More than the reader keeps attached, so that each change-over attaches one and detaches one.
const releaseIds = ["20120101T000000-000001", "20120102T000000-000002", "20120103T000000-000003"] as const;
const stagedMs: number[] = [];
for (const releaseId of releaseIds) {
  const start = performance.now();
  await stageRelease(paths, session, {
    releaseId,
    runId: releaseId,
    asOf,
    createdAt: "2012-01-01T00:00:00Z",
    version: "bench",
    models: [],
    modelFiles: [],
  });
  stagedMs.push(performance.now() - start);
}
publishRelease(paths, releaseIds[0]);

const reader = await createReleaseReader(paths, engine);
const end = new AbortController();
const queryMs: number[] = [];
let failed = 0;
const query = async (): Promise<void> => {
  while (!end.signal.aborted) {
    const start = performance.now();
    try {
      await reader
        .current()
        .rows("SELECT date_trunc('month', sold_on) AS month, sum(net_minor) AS net FROM mart_sales_day GROUP BY month");
    } catch {
      failed += 1;
    }
    queryMs.push(performance.now() - start);
  }
};
const load = Array.from({ length: READERS }, query);
const swapMs: number[] = [];
for (let swap = 1; swap <= swapCount; swap++) {
  publishRelease(paths, releaseIds[swap % 3] ?? releaseIds[0]);
  const start = performance.now();
  await reader.refresh();
  swapMs.push(performance.now() - start);
  await new Promise((resolve) => setTimeout(resolve, 50));
}
end.abort();
await Promise.all(load);
await reader.close();
session.close();
database.close();
rmSync(root, { recursive: true, force: true });

const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN) * 100) / 100;
};
process.stdout.write(
  `${JSON.stringify(
    {
      bench: "release swap",
      date: new Date().toISOString(),
      machine: `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.version}`,
      lineCount,
      readers: READERS,
      stageMs: { first: Math.round(stagedMs[0] ?? 0), unchangedFacts: Math.round(stagedMs[1] ?? 0) },
      swaps: swapMs.length,
      swapMs: { p50: quantile(swapMs, 0.5), p95: quantile(swapMs, 0.95), max: quantile(swapMs, 1) },
      queries: queryMs.length,
      failedQueries: failed,
      queryMs: { p50: quantile(queryMs, 0.5), p99: quantile(queryMs, 0.99), max: quantile(queryMs, 1) },
    },
    null,
    2,
  )}\n`,
);
