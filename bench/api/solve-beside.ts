/**
 * What the storefront notices of a route search: recommendations at a fixed rate, alone and, in turns, while problems of
 * 300 stops are solved one after the other in the worker threads of the same server.
 *   node --import ./bench/as-shipped.mjs bench/api/solve-beside.ts [seconds] [requests a second]
 * Writes solve-beside.json beside this file.
 */
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { createRng } from "../../src/core/rng.ts";
import { createRouteSolver } from "../../src/api/serving/route-solver.ts";
import { openApiFixture } from "../../src/api/testing/api-fixture.ts";
import { openMadeUpShop } from "./made-up-shop.ts";
import { measureLoad, quantile } from "./measure-load.ts";

const [STOPS, VEHICLES, ROUNDS] = [300, 12, 3];

/** Stops of a town in VROOM's format; the solver draws great circles between them. */
function makeProblem(seed: number): object {
  const rng = createRng(seed);
  const anywhere = (): number[] => [2 + rng.next() * 0.4, 48 + rng.next() * 0.3];
  const depot = anywhere();
  return {
    vehicles: Array.from({ length: VEHICLES }, (_, id) => ({ id, start: depot, end: depot, capacity: [40] })),
    jobs: Array.from({ length: STOPS }, (_, id) => ({ id, location: anywhere(), service: 300, delivery: [1] })),
  };
}

async function main(): Promise<void> {
  const [seconds, rate] = [Number(process.argv[2] ?? 8), Number(process.argv[3] ?? 200)];
  const { release } = openMadeUpShop();
  const maxThreads = Math.max(1, cpus().length - 1);
  const solver = createRouteSolver({ maxThreads, maxQueue: 8, timeLimitMs: 120_000 });
  const served = await openApiFixture(undefined, { releases: { lease: () => ({ release, end: () => {} }) }, solver });
  const url = await served.app.listen({ port: 0, host: "127.0.0.1" });

  const search = { solved: 0, isWanted: false };
  const solveUntilStopped = async (): Promise<void> => {
    do {
      const response = await fetch(`${url}/v1/routes/solve`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(makeProblem(search.solved)),
      });
      if (response.status !== 200) throw new Error(`The solver answered ${response.status}: ${await response.text()}`);
      await response.arrayBuffer();
      search.solved++;
    } while (search.isWanted);
  };
  const solveInAllThreads = (): Promise<unknown> => Promise.all(Array.from({ length: maxThreads }, solveUntilStopped));
  // Starts the threads.
  await solveInAllThreads();
  search.solved = 0;

  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    const idle = await measureLoad(url, rate, seconds);
    search.isWanted = true;
    const solving = solveInAllThreads();
    const beside = await measureLoad(url, rate, seconds);
    search.isWanted = false;
    await solving;
    rounds.push({ loadAverage: loadavg()[0], idle, beside, p99Ratio: beside.p99Ms / idle.p99Ms });
  }
  const results = {
    measuredAt: new Date().toISOString(),
    machine: { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length },
    node: process.version,
    rate,
    seconds,
    problem: { stops: STOPS, vehicles: VEHICLES, threads: maxThreads, solved: search.solved },
    rounds,
    medianP99Ratio: quantile(
      rounds.map(({ p99Ratio }) => p99Ratio),
      0.5,
    ),
  };
  await served.close();
  await solver.close();
  writeFileSync(new URL("solve-beside.json", import.meta.url), `${JSON.stringify(results, null, 2)}\n`);
  console.log(JSON.stringify(results, null, 2));
}

await main();
