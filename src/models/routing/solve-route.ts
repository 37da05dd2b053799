import { polishInTraffic } from "../../algorithms/routing/polish-in-traffic.ts";
import { RouteSchedule } from "../../algorithms/routing/route-schedule.ts";
import { fail } from "../../core/errors.ts";
import { nameNodes, numberSteps } from "./build-fleet-reloads.ts";
import { buildFleetProblem, COST_UNIT } from "./build-fleet-problem.ts";
import { checkSolution } from "./check-solution.ts";
import { formatSolution } from "./format-solution.ts";
import { keepPlanLimits } from "./keep-plan-limits.ts";
import { parseVroomProblem } from "./parse-vroom-problem.ts";
import { refuseBrokenLocks } from "./refuse-broken-locks.ts";
import { searchInThreads } from "./search-in-threads.ts";
import { timePlan } from "./time-plan.ts";
import { timeRoute } from "./time-route.ts";
import type { VroomProblem } from "./vroom-problem.ts";
import type { VroomSolution } from "./vroom-solution.ts";

export interface SolveOptions {
  /** The same seed and number of iterations give the same answer. */
  readonly seed?: number;
  /** Iterations of the search; by default as many as a problem of the size deserves. */
  readonly iterations?: number;
  /** Search until then rather than by iterations; the clock is the caller's. */
  readonly timeLimit?: { readonly milliseconds: number; readonly nowMs: () => number };
  /** Threads that search, each with a seed of its own; 1 by default. The answer is still the same every time without a time limit. */
  readonly threads?: number;
  /** Times the given `steps` instead of searching; also asked for by `options.c` of the problem. */
  readonly isPlan?: boolean;
  /** Asked again and again while searching: true ends the search with the best plan so far. */
  readonly shouldStop?: () => boolean;
  /** Told of each better plan as it is found. */
  readonly onImprovement?: (found: FoundPlan) => void;
}

/** What a plan comes to while the search goes on. */
export interface FoundPlan {
  readonly cost: number;
  /** Priority and number of what is left out, in the solver's own measure. */
  readonly loss: number;
  /** Tasks left out; a shipment is two. */
  readonly unassigned: number;
  readonly iteration: number;
}

/**
 * Milliseconds for 25 stops, about a second for a hundred: the iterations grow with the square of the size, within bounds; somewhat more slowly
 * with shipments, of which each takes twice as long. In traffic each takes several times as long.
 */
function countIterations({ tasks, traffic }: VroomProblem): number {
  const most = traffic.size > 0 ? 10_000 : 40_000;
  const size = tasks.length;
  const wanted = tasks.some(({ kind }) => kind !== "job")
    ? Math.max(Math.min(4000, Math.round(70_000 / size)), Math.round(4.5 * size ** 2))
    : Math.max(4000, 6 * size ** 2);
  return Math.min(most, wanted);
}

/** Writing and checking an answer takes about as long as reading its problem did; of a time limit so much is kept for it at most. */
const MOST_KEPT = 0.2;
/** So much of a time limit; the rest is for `polishInTraffic`. */
const SEARCH_SHARE_IN_TRAFFIC = 0.95;

/** Iterations of a search of a hundred stops in a millisecond, about. */
const ITERATIONS_A_MS = 100;

/**
 * Solves a problem in VROOM's JSON format and answers in it. The goal is VROOM's: most priority, then most tasks, then
 * least cost. Without a time limit the answer is the same every time. Every answer passes `checkSolution` first.
 * Errors: `ROUTE_INPUT_INVALID` with every faulty field by JSON pointer.
 */
export function solveRoute(input: unknown, options: SolveOptions = {}): VroomSolution {
  const { timeLimit } = options;
  const beganMs = timeLimit?.nowMs() ?? 0;
  const problem = parseVroomProblem(input);
  if (problem.isPlan || options.isPlan === true) {
    const plan = problem.vehicles.flatMap((vehicle) => timePlan(problem, vehicle));
    return formatSolution(problem, keepPlanLimits(problem, plan), { isPlan: true });
  }
  const fleet = buildFleetProblem(problem);
  refuseBrokenLocks(problem, fleet);
  const loadedMs = timeLimit?.nowMs() ?? 0;
  const iterations = options.iterations ?? countIterations(problem);
  const keptMs = Math.min(loadedMs - beganMs, MOST_KEPT * (timeLimit?.milliseconds ?? 0));
  const spentOf = ({ nowMs, milliseconds }: NonNullable<SolveOptions["timeLimit"]>): number =>
    (nowMs() - beganMs) / (milliseconds - keptMs);
  const threads = options.threads ?? 1;
  const searchShare = problem.traffic.size > 0 ? SEARCH_SHARE_IN_TRAFFIC : 1;
  const found = searchInThreads(fleet, {
    seed: options.seed ?? 1,
    threads,
    // Where threads search apart, each must end its iterations, or the answer would hang on which is first.
    mayEndEarly: threads === 1 && timeLimit === undefined && options.iterations === undefined,
    ...(timeLimit === undefined ? { iterations } : {}),
    expectedIterations: timeLimit === undefined ? iterations : timeLimit.milliseconds * ITERATIONS_A_MS,
    spent: (iteration) => {
      if (options.shouldStop?.() === true) return 1;
      return timeLimit === undefined ? iteration / iterations : spentOf(timeLimit) / searchShare;
    },
    onImprovement: ({ cost, loss }, iteration) => {
      // A task's worth is its priority times one more than there are tasks, plus one; what is missing of routes is less than one.
      const unassigned = Math.floor(loss) % (fleet.nTasks + 1);
      options.onImprovement?.({ cost: cost / COST_UNIT, loss, unassigned, iteration });
    },
    startRoutes: problem.vehicles.map((_, at) => numberSteps(problem, at, fleet.rules?.reloads)),
  });
  const isOver = (): boolean => options.shouldStop?.() === true || (timeLimit !== undefined && spentOf(timeLimit) >= 1);
  const orders = polishInTraffic(fleet, found.routes, isOver);
  const schedule = new RouteSchedule(fleet, true);
  const routes = problem.vehicles.flatMap((vehicle, at) => {
    const order = orders[at] as Int32Array;
    if (order.length === 0) return [];
    if (!schedule.isFeasible(at, order, order.length)) throw fail("INTERNAL", "The route solver broke a time window.");
    const tasks = nameNodes(problem, at, order, fleet.rules?.reloads);
    const places = schedule.readPlaces(order.length);
    return [timeRoute(problem, vehicle, tasks, places, fleet.rules && schedule.readBegins(order.length))];
  });
  const solvedMs = timeLimit?.nowMs() ?? 0;
  const solution = formatSolution(problem, routes, {
    computingTimes: { loading: Math.round(loadedMs - beganMs), solving: Math.round(solvedMs - loadedMs), routing: 0 },
  });
  const { faults } = checkSolution(problem, solution);
  // A wrong answer is a defect of the solver: it must never leave this room looking right.
  if (faults.length > 0) throw fail("INTERNAL", `The route solver gave a wrong answer: ${faults.join("; ")}.`);
  return solution;
}
