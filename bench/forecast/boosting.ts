import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { arch, cpus } from "node:os";
import { binFeatures } from "../../src/algorithms/forecasting/boosting/bin-features.ts";
import type { BoostingCrew } from "../../src/algorithms/forecasting/boosting/boosting-work.ts";
import { BOOSTING_DEFAULTS, fitBoosting } from "../../src/algorithms/forecasting/boosting/fit-boosting.ts";
import { predictForest } from "../../src/algorithms/forecasting/boosting/forest.ts";
import { createRng } from "../../src/core/rng.ts";
import { openBoostingCrew } from "../../src/models/demand/backtest/open-boosting-crew.ts";

/**
 * Gradient boosting on 40,000 rows × 18 features, 150 rounds of depth 6, binning included, by one thread and by two in turn:
 *   npx tsx bench/forecast/boosting.ts [pairs, default 5]
 * `cpuSec` is that of the whole process, `busiestSec` that of the thread that ran longest: on a machine shared with other work the
 * wall time says little, that of the best runs more; the busiest thread (waiting in a loop included) is about what an idle machine would
 * wait for. Writes bench/forecast/boosting.json.
 */
const ROWS = 40_000;
const FEATURES = 18;
const [pairs = 5] = process.argv.slice(2).map(Number);
const rng = createRng(7);
const columns = Array.from({ length: FEATURES }, () => Float64Array.from({ length: ROWS }, () => rng.next()));
const target = Float64Array.from({ length: ROWS }, (_, row) => {
  const at = (feature: number): number => columns[feature]?.[row] ?? 0;
  return 10 * Math.sin(Math.PI * at(0) * at(1)) + 20 * (at(2) - 0.5) ** 2 + 10 * at(3) + 5 * at(4) + rng.next() - 0.5;
});
const weight = new Float64Array(ROWS).fill(1);

/** Nanoseconds that each thread of the process has run, by its number; Linux only. */
function readThreadTimes(): Map<string, number> {
  try {
    return new Map(
      readdirSync("/proc/self/task").map((task) => [
        task,
        Number(readFileSync(`/proc/self/task/${task}/schedstat`, "utf8").split(" ")[0]),
      ]),
    );
  } catch {
    return new Map();
  }
}

interface Run {
  readonly wallSec: number;
  readonly cpuSec: number;
  readonly busiestSec: number;
  readonly rmse: number;
}

function measure(crew: BoostingCrew | undefined): Run {
  const before = readThreadTimes();
  const start = process.cpuUsage();
  const startedAt = performance.now();
  const table = binFeatures(columns, 64, [], crew);
  const forest = fitBoosting(table, target, weight, BOOSTING_DEFAULTS, createRng(1), undefined, crew);
  const wallSec = (performance.now() - startedAt) / 1e3;
  const { user, system } = process.cpuUsage(start);
  const busiest = Math.max(0, ...[...readThreadTimes()].map(([task, time]) => time - (before.get(task) ?? 0)));
  const predicted = predictForest(forest, table);
  const squares = predicted.reduce((sum, value, row) => sum + (value - (target[row] ?? 0)) ** 2, 0);
  return { wallSec, cpuSec: (user + system) / 1e6, busiestSec: busiest / 1e9, rmse: Math.sqrt(squares / ROWS) };
}

function middleOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

const crew = await openBoostingCrew(2);
measure(undefined);
measure(crew);
const runs = Array.from({ length: pairs }, () => ({ one: measure(undefined), two: measure(crew) }));
await crew.close();
const result = {
  machine: `${cpus()[0]?.model ?? "unknown"}, ${arch()}, Node ${process.version}`,
  date: new Date().toISOString().slice(0, 10),
  rows: ROWS,
  features: FEATURES,
  rounds: BOOSTING_DEFAULTS.rounds,
  maxDepth: BOOSTING_DEFAULTS.maxDepth,
  oneThreadCpuSec: middleOf(runs.map(({ one }) => one.cpuSec)),
  oneThreadCpuSecTargetAtMost: 2.8,
  fasterByBusiestThread: middleOf(runs.map(({ one, two }) => one.busiestSec / two.busiestSec)),
  fasterByBestWallTime:
    Math.min(...runs.map(({ one }) => one.wallSec)) / Math.min(...runs.map(({ two }) => two.wallSec)),
  fasterByWallTime: middleOf(runs.map(({ one, two }) => one.wallSec / two.wallSec)),
  fasterTargetAtLeast: 1.7,
  runs,
};
writeFileSync(new URL("boosting.json", import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
