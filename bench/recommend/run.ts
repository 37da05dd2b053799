import { existsSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../../src/core/paths.ts";
import { backtestRecommend } from "../../src/models/recommendation/backtest/backtest-recommend.ts";
import { BACKTEST_MODELS } from "../../src/models/recommendation/backtest/backtest-request.ts";
import { backtestSessions } from "../../src/models/recommendation/backtest/backtest-sessions.ts";
import { measureKernels } from "./kernels.ts";

/**
 * Quality and time of every recommendation model on the public sets, and the kernels' times; writes results.json.
 * Run: `npx tsx bench/recommend/run.ts [folder with the sets]`. Sets that are absent are left out.
 */
const folder = process.argv[2] ?? join(packageRoot(), "..", "shared", "data", "recsys");
const SETS = {
  "amazon-electronics": ["train.txt", "test.txt"],
  "online-retail": ["train.txt.gz", "test.txt"],
} as const;
const SESSION_SETS = { "retailrocket-sess": ["train.txt.gz", "test.txt.gz"] } as const;

const common = { k: 20, seed: 1, onProgress: () => {} } as const;
const kernels = await measureKernels();
const quality: Record<string, Record<string, unknown>> = {};
for (const [name, [train, test]] of Object.entries(SETS)) {
  if (!existsSync(join(folder, name))) continue;
  const answers: Record<string, unknown> = {};
  for (const model of BACKTEST_MODELS) {
    const files = { train: join(folder, name, train), test: join(folder, name, test) };
    answers[model] = await backtestRecommend({ ...common, ...files, model });
    process.stderr.write(`${name} ${model} done\n`);
  }
  quality[name] = answers;
}
for (const [name, [train, test]] of Object.entries(SESSION_SETS)) {
  if (!existsSync(join(folder, name))) continue;
  const files = { train: join(folder, name, train), test: join(folder, name, test) };
  quality[name] = { "session-knn": await backtestSessions({ ...common, ...files, model: "auto" }) };
}

const results = {
  measuredAt: new Date().toISOString(),
  machine: { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length },
  load: loadavg().map((load) => Math.round(load * 100) / 100),
  node: process.version,
  kernels,
  quality,
};
writeFileSync(join(packageRoot(), "bench", "recommend", "results.json"), `${JSON.stringify(results, undefined, 2)}\n`);
