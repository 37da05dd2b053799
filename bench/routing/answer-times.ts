/**
 * How fast answers come: `npx tsx bench/routing/answer-times.ts`. Prints what it measures and writes answer-times.json beside it. Times are
 * those of the processor, so that other work on the machine does not count: requests of 25 stops of several kinds over HTTP once the code is warm, and
 * how much dearer their plans are than those of two searches about ten times as long; the first plan of 2,000 stops for 100 vehicles and the memory
 * that takes; and time limits against the time until the answer is written.
 */
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { createRouteSolver } from "../../src/api/serving/route-solver.ts";
import { openApiFixture } from "../../src/api/testing/api-fixture.ts";
import { createRng } from "../../src/core/rng.ts";
import { solveRoute } from "../../src/models/routing/solve-route.ts";
import { drawSmallProblem, SMALL_KINDS } from "./draw-small-problem.ts";

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** Stops of a town in VROOM's format, half of them with a window of two hours; if asked, a fifth of them in shipments. */
function drawProblem(seed: number, stops: number, vehicles: number, hasShipments: boolean): object {
  const rng = createRng(seed);
  const anywhere = (): number[] => [2 + rng.next() * 0.4, 48 + rng.next() * 0.3];
  const stop = (id: number): object => {
    const opens = rng.nextInt(20_000);
    return {
      id,
      location: anywhere(),
      service: 200,
      ...(rng.next() < 0.5 ? { time_windows: [[opens, opens + 7200]] } : {}),
    };
  };
  const depot = anywhere();
  const capacity = [Math.ceil((1.2 * stops) / vehicles)];
  const shipments = hasShipments ? Math.floor(stops / 10) : 0;
  return {
    vehicles: Array.from({ length: vehicles }, (_, id) => ({
      id,
      start: depot,
      end: depot,
      capacity,
      time_window: [0, 36_000],
    })),
    jobs: Array.from({ length: stops - 2 * shipments }, (_, id) => ({ ...stop(id), delivery: [1] })),
    shipments: Array.from({ length: shipments }, (_, id) => ({ pickup: stop(id), delivery: stop(id), amount: [1] })),
  };
}

/** 2,000 stops first: the memory is the most that this process ever had. */
function measureLarge(): object {
  const problem = drawProblem(1, 2000, 100, false);
  const limitSec = 8;
  const began = cpuMs();
  let firstSec = Number.NaN;
  const { summary } = solveRoute(problem, {
    timeLimit: { milliseconds: limitSec * 1000, nowMs: cpuMs },
    onImprovement: ({ unassigned }) => {
      if (Number.isNaN(firstSec) && unassigned === 0) firstSec = (cpuMs() - began) / 1000;
    },
  });
  const tookSec = (cpuMs() - began) / 1000;
  const memoryMb = process.resourceUsage().maxRSS / 1024;
  return {
    firstPlanOfAllStopsSec: round(firstSec),
    unassigned: summary.unassigned,
    limitSec,
    tookSec: round(tookSec),
    memoryMb: round(memoryMb, 0),
  };
}

function measureLimits(): object[] {
  return [0.5, 2, 5].map((limitSec) => {
    const problem = drawProblem(2, 200, 12, true);
    const began = cpuMs();
    solveRoute(problem, { timeLimit: { milliseconds: limitSec * 1000, nowMs: cpuMs } });
    return { limitSec, tookSec: round((cpuMs() - began) / 1000, 3) };
  });
}

/** Requests over HTTP, solved in a worker thread that was made ready as at the start of a server. */
async function measureSmall(draw: (seed: number) => object): Promise<object> {
  const solver = createRouteSolver({ maxThreads: 1, maxQueue: 1, timeLimitMs: 30_000 });
  await solver.warm();
  const { app } = await openApiFixture(undefined, { solver });
  const times: number[] = [];
  for (let seed = 1; seed <= 40; seed++) {
    const payload = draw(seed);
    const began = cpuMs();
    const response = await app.inject({ method: "POST", url: "/v1/routes/solve", payload });
    if (response.statusCode !== 200) throw new Error(response.body);
    times.push(cpuMs() - began);
  }
  await app.close();
  await solver.close();
  const warm = times.slice(20).sort((a, b) => a - b);
  const gaps = Array.from({ length: 20 }, (_, at) => measureGap(draw(at + 1)));
  return {
    firstMs: round(times[0] ?? Number.NaN, 0),
    fastestMs: round(warm[0] ?? Number.NaN, 1),
    medianMs: round(warm[warm.length / 2] ?? Number.NaN, 1),
    p90Ms: round(warm[Math.floor(warm.length * 0.9)] ?? Number.NaN, 1),
    meanGapPercent: round(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length, 3),
    gapsAboveHalf: gaps.filter((gap) => gap > 0.5).length,
    worstGapPercent: round(Math.max(...gaps), 3),
  };
}

/** By how much the answer is dearer than the best that two long searches or it itself have found; 100 where it leaves out more. */
function measureGap(problem: object): number {
  const quick = solveRoute(problem).summary;
  const found = [2, 3].map((seed) => solveRoute(problem, { iterations: 30_000, seed }).summary);
  const fewest = Math.min(quick.unassigned, ...found.map(({ unassigned }) => unassigned));
  if (quick.unassigned > fewest) return 100;
  const least = Math.min(...[quick, ...found].filter((one) => one.unassigned === fewest).map(({ cost }) => cost));
  return (quick.cost / least - 1) * 100;
}

async function measureAllSmall(): Promise<object> {
  const results: Record<string, object> = {
    jobs: await measureSmall((seed) => drawProblem(seed, 25, 3, false)),
    withShipments: await measureSmall((seed) => drawProblem(seed, 25, 3, true)),
  };
  for (const kind of SMALL_KINDS) results[kind] = await measureSmall((seed) => drawSmallProblem(kind, seed, 25));
  return results;
}

const large = measureLarge();
const limits = measureLimits();
const small = await measureAllSmall();
const machine = {
  cpu: cpus()[0]?.model,
  cores: cpus().length,
  node: process.version,
  load: round(loadavg()[0] ?? 0, 1),
};
const results = { measuredOn: new Date().toISOString().slice(0, 10), machine, large, limits, small };
writeFileSync(new URL("answer-times.json", import.meta.url), `${JSON.stringify(results, undefined, 2)}\n`);
process.stdout.write(`${JSON.stringify(results, undefined, 2)}\n`);
