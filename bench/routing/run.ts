/**
 * Gaps to the best known distances on public instances: `npx tsx bench/routing/run.ts [--cpu] [--threads N] [--seed N] [--budget S] [--add] [INSTANCE…]`.
 * Without names a sample of each set runs at the budget of its target (a quarter of an hour) and is written to results.json and, as a table with
 * the gap over time, to results.md beside it; with names nothing is written, or with --add these runs are put among what is there.
 * With --cpu the budget is one of CPU time a thread, for machines with other work to do. Reads ../shared/data/routing beside the repository.
 * One thread and seed 1 if nothing else is said, distance only.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { arch, cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { packageRoot } from "../../src/core/paths.ts";
import { searchInThreads } from "../../src/models/routing/search-in-threads.ts";
import { readCvrp, readPickupDelivery, readSolomon, VEHICLE_COST } from "./read-instance.ts";
import { type BenchmarkRun, writeTable } from "./write-table.ts";

const DATA = join(packageRoot(), "..", "shared", "data", "routing");
const SOLOMON =
  "C102 C104 C106 C108 C202 C204 C206 C208 R102 R104 R106 R108 R110 R112 R202 R204 R206 R208 R210 " +
  "RC102 RC104 RC106 RC108 RC202 RC204 RC206 RC208";
const SAMPLE: readonly { readonly budgetSec: number; readonly names: string }[] = [
  { budgetSec: 2, names: SOLOMON },
  { budgetSec: 10, names: "C204 R104 R108 R112 R202 R206 R208 R210 RC104 RC204" },
  { budgetSec: 10, names: "X-n101-k25 X-n120-k6 X-n157-k13 X-n176-k26 X-n195-k51" },
  { budgetSec: 20, names: "X-n223-k34 X-n280-k17 X-n317-k53 X-n351-k40 X-n384-k52" },
  { budgetSec: 60, names: "X-n573-k30 X-n979-k58" },
  { budgetSec: 60, names: "r1_10_1 r2_10_1 rc1_10_1 c2_10_1" },
  { budgetSec: 10, names: "lc104 lr104 lr112 lr208 lrc106 lrc204" },
  { budgetSec: 30, names: "LR1_2_1 LR2_2_1 LRC1_2_1 LRC2_2_1" },
];

const { values, positionals } = parseArgs({
  options: {
    add: { type: "boolean" },
    budget: { type: "string" },
    cpu: { type: "boolean" },
    threads: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
  },
  allowPositionals: true,
});
const threads = Number(values.threads);
const sets =
  positionals.length === 0 ? SAMPLE : [{ budgetSec: Number(values.budget ?? 10), names: positionals.join(" ") }];

const best = new Map<string, number>();
const fewest = new Map<string, number>();
for (const [set, convention] of [
  ["solomon", "DIMACS"],
  ["gh", "DIMACS"],
  ["x", "EUC"],
  ["lilim", "hierarchical"],
] as const) {
  for (const line of readFileSync(join(DATA, set, "bks.csv"), "utf8").split("\n")) {
    const [name, vehicles, distance] = line.split(",");
    if (!line.includes(convention)) continue;
    best.set(name, Number(distance));
    fewest.set(name, Number(vehicles));
  }
}

const runs = sets.flatMap(({ budgetSec, names }) =>
  names.split(" ").flatMap((name) => {
    const found = runInstance(name, budgetSec);
    return found === undefined ? [] : [found];
  }),
);
if (positionals.length === 0 || values.add === true) {
  const file = new URL("results.json", import.meta.url);
  // Written by an earlier run.
  const earlier = values.add === true ? (JSON.parse(readFileSync(file, "utf8")) as { runs: BenchmarkRun[] }).runs : [];
  const keyOf = ({ name, budgetSec, threads = 1, seed = 1 }: BenchmarkRun): string =>
    [name, budgetSec, threads, seed].join();
  const all = [...new Map([...earlier, ...runs].map((run) => [keyOf(run), run])).values()];
  const machine = { cpu: cpus()[0].model, cores: cpus().length, arch: arch(), node: process.version };
  const head = JSON.stringify({ measuredOn: new Date().toISOString().slice(0, 10), machine });
  // A line a run.
  const lines = all.map((run) => JSON.stringify(run)).join(",\n");
  writeFileSync(file, `${head.slice(0, -1)},"runs":[\n${lines}\n]}\n`);
  writeFileSync(new URL("results.md", import.meta.url), writeTable(all));
}

function runInstance(name: string, budgetSec: number): BenchmarkRun | undefined {
  const isX = name.startsWith("X");
  const isLiLim = /^l/i.test(name);
  const folder = isX ? "x" : isLiLim ? "lilim" : name.includes("_") ? "gh" : "solomon";
  const file = join(DATA, folder, isX ? `${name}.vrp` : `${name}.txt`);
  if (!existsSync(file)) {
    process.stderr.write(`${name} is not in ${DATA}\n`);
    return undefined;
  }
  const { problem, scale } = isX ? readCvrp(file) : isLiLim ? readPickupDelivery(file) : readSolomon(file);
  const began = performance.now();
  const cpuBegan = process.cpuUsage();
  const usedSec = (): number => {
    if (values.cpu !== true) return (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(cpuBegan);
    return (user + system) / threads / 1e6;
  };
  const overTime: { seconds: number; gapPercent: number }[] = [];
  // Of pickups and deliveries the cost of vehicles is most of the cost: their course over time says nothing.
  const gapOf = (cost: number): number => Math.round((cost / scale / (best.get(name) ?? Number.NaN) - 1) * 1e4) / 100;
  let iterations = 0;
  const found = searchInThreads(problem, {
    seed: Number(values.seed),
    threads,
    spent: (iteration) => {
      iterations = iteration;
      return usedSec() / budgetSec;
    },
    expectedIterations: budgetSec * 100_000,
    onImprovement: ({ cost }) => {
      if (isLiLim) return;
      const seconds = Math.round(usedSec() * 10) / 10;
      if (overTime.at(-1)?.seconds === seconds) overTime.pop();
      overTime.push({ seconds, gapPercent: gapOf(cost) });
    },
  });
  const wallSec = Math.round((performance.now() - began) / 10) / 100;
  const { user, system } = process.cpuUsage(cpuBegan);
  const cpuSec = Math.round((user + system) / 1e4) / 100;
  const vehicles = found.routes.filter((route) => route.length > 0).length;
  const distance = found.cost / scale - (isLiLim ? vehicles * VEHICLE_COST : 0);
  const run = {
    name,
    budgetSec,
    budgetOf: values.cpu === true ? ("cpu" as const) : ("wall" as const),
    threads,
    seed: Number(values.seed),
    gapPercent: gapOf(distance * scale),
    leftOut: found.loss,
    distance,
    bestKnown: best.get(name),
    vehicles,
    ...(isLiLim ? { fewestVehicles: fewest.get(name) } : {}),
    iterations,
    wallSec,
    cpuSec,
    load: Math.round(loadavg()[0] * 10) / 10,
    // After each of twelve times, every one 1.5 times the one before.
    overTime: [
      ...new Set(
        Array.from({ length: 12 }, (_, at) =>
          overTime.findLast(({ seconds }) => seconds <= budgetSec * 1.5 ** (at - 11) + 0.05),
        ),
      ),
    ].filter((point) => point !== undefined),
  };
  process.stdout.write(
    `${name.padEnd(12)} ${String(budgetSec).padStart(3)} s  gap ${run.gapPercent.toFixed(2).padStart(5)} %  ` +
      `${run.distance} (${run.vehicles} vehicles)  ${run.iterations} iterations in ${cpuSec} CPU s\n`,
  );
  return run;
}
