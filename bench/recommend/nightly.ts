import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../../src/core/paths.ts";
import { collaborative } from "../../src/models/collaborative/collaborative.ts";
import { openDatabase } from "../../src/warehouse/database.ts";

/**
 * The night of the collaborative model on a made-up shop: choose, backtest, fit and write the lists of all customers.
 * Run: `npx tsx bench/recommend/nightly.ts [interactions]`; writes nightly.json. The shop is made by hashes of row numbers:
 * 50 tastes of 200 items each, seven in ten purchases within one's taste, popularity by a power law, 700 days.
 */
const interactions = Number(process.argv[2] ?? 1_000_000);
const CUSTOMERS = Math.round(interactions / 20);
const AS_OF = "2024-06-30";

const folder = mkdtempSync(join(tmpdir(), "tradewind-nightly-bench-"));
const database = await openDatabase(":memory:", { memory: "1GB", threads: availableParallelism(), tempDir: folder });
const session = await database.session();
await session.run(`
  CREATE TABLE mart_interaction AS
  WITH draw AS (
    SELECT
      (hash(row * 5 + 1) % ${CUSTOMERS})::BIGINT AS customer,
      (hash(row * 5 + 2) % 1000003)::DOUBLE / 1000003 AS u,
      hash(row * 5 + 3) % 10 < 7 AS in_taste,
      (hash(row * 5 + 4) % 50)::BIGINT AS any_taste,
      (hash(row * 5 + 5) % 700)::INTEGER AS age
    FROM range(${Math.round(interactions * 1.001)}) AS rows(row)
  )
  SELECT DISTINCT
    'shop' AS store_id,
    'c' || customer AS customer_id,
    'i' || (floor(200 * power(u, 2))::BIGINT * 50 + if(in_taste, customer % 50, any_taste)) AS product_id,
    'purchase' AS kind,
    DATE '${AS_OF}' - age AS acted_on
  FROM draw`);
await session.run(`
  CREATE TABLE mart_basket_line AS
  SELECT store_id, customer_id || acted_on AS order_id, product_id, customer_id, 'GB' AS market_id,
    acted_on AS ordered_on, 1::BIGINT AS quantity
  FROM mart_interaction`);
await session.run(
  `CREATE TABLE mart_product AS SELECT DISTINCT store_id, product_id, product_id AS title FROM mart_interaction`,
);

const started = performance.now();
const cpu = process.cpuUsage();
const onProgress = ({ label }: { label: string }): void =>
  void process.stderr.write(`${((performance.now() - started) / 1000).toFixed(1)} s ${label}\n`);
const outcome = await collaborative.fit({
  session,
  asOf: AS_OF,
  seed: 1,
  stop: { shouldStop: () => false },
  onProgress,
});
for (const { name, bytes } of outcome.files) writeFileSync(join(folder, name), bytes);
const wallSec = (performance.now() - started) / 1000;
const used = process.cpuUsage(cpu);
session.close();
database.close();
rmSync(folder, { recursive: true });

const results = {
  measuredAt: new Date().toISOString(),
  machine: { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length },
  load: loadavg().map((load) => Math.round(load * 100) / 100),
  node: process.version,
  interactions: outcome.card.trainedOn,
  customers: CUSTOMERS,
  wallSec: Math.round(wallSec * 10) / 10,
  cpuSec: Math.round((used.user + used.system) / 1e5) / 10,
  peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  published: outcome.card.gate.passed,
  fileMb: Math.round(outcome.files.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e5) / 10,
  parameters: outcome.card.parameters,
  ndcgAt20: { model: outcome.card.metrics["ndcgAt20"], popular: outcome.card.baseline["ndcgAt20"] },
};
writeFileSync(join(packageRoot(), "bench", "recommend", "nightly.json"), `${JSON.stringify(results, undefined, 2)}\n`);
process.stdout.write(`${JSON.stringify(results)}\n`);
