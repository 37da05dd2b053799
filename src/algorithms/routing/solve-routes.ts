import { fail } from "../../core/errors.ts";
import type { Rng } from "../../core/rng.ts";
import { maxIterations, type Stop } from "../../core/stop.ts";
import { requireFinite } from "../require-numbers.ts";
import { checkRoute } from "./check-route.ts";
import { comparePlans, createDraftPlan, freezePlan, type DraftPlan } from "./draft-plan.ts";
import { improvePlanInPlace } from "./improve-plan.ts";
import { insertJobsInPlace } from "./insert-jobs.ts";
import type { RoutePlan, RoutingProblem } from "./routing-problem.ts";
import { scheduleRoute, type RouteSchedule } from "./schedule-route.ts";
import { shakePlan } from "./shake-plan.ts";
import { EXACT_JOB_LIMIT, solveExactly } from "./solve-exactly.ts";

/** Cheapest insertion and two depths of looking ahead: each wins on some problems. */
const REGRET_DEPTHS = [1, 2, 3];
const MOVES_PER_START = 20_000;

export interface RouteContext {
  readonly rng: Rng;
  /** Asked before each round of shaking; the constructed plan is improved in any case. */
  readonly stop: Stop;
}

export interface RouteAnswer {
  /** Used vehicles only, by number. */
  readonly schedules: readonly RouteSchedule[];
  readonly unassigned: readonly number[];
}

/**
 * Small vehicle routing: which vehicle serves which jobs, in which order and when.
 *
 * Goal, in this order: serve the most priority, serve the most jobs, spend the least. One vehicle with up to 9 jobs is
 * solved exactly; anything else by regret insertion at three depths, each followed by local search, and by shaking the
 * best of them until `stop` says so.
 * Every answer passes `checkRoute` before it is returned.
 *
 * Input: see `RoutingProblem`; matrices finite and not negative. Deterministic for a problem, seed and number of rounds.
 * Limits: meant for up to about 100 jobs and 20 vehicles; the cost of a search pass grows with jobs² · route length.
 * Errors: `ALGORITHM_INPUT_INVALID` for matrices of another size or with unusable numbers.
 */
export function solveRoutes(problem: RoutingProblem, context: RouteContext): RouteAnswer {
  requireProblem(problem);
  const isTiny = problem.vehicles.length === 1 && problem.jobs.length <= EXACT_JOB_LIMIT;
  const plan = isTiny ? solveExactly(problem) : searchPlan(problem, context);
  const schedules = plan.routes
    .map((order, vehicle) => ({ order, vehicle }))
    .filter(({ order }) => order.length > 0)
    .map(({ order, vehicle }) => scheduleRoute(problem, vehicle, order));
  requireCorrect(problem, schedules, plan.unassigned);
  return { schedules, unassigned: plan.unassigned };
}

function searchPlan(problem: RoutingProblem, { rng, stop }: RouteContext): RoutePlan {
  const plans = REGRET_DEPTHS.map((depth): DraftPlan => {
    const plan = createDraftPlan(problem);
    insertJobsInPlace(plan, depth);
    improvePlanInPlace(plan, maxIterations(MOVES_PER_START));
    return plan;
  });
  const start = plans.reduce((best, plan) => (comparePlans(plan, best) < 0 ? plan : best));
  return freezePlan(shakePlan(start, rng, stop));
}

function requireProblem(problem: RoutingProblem): void {
  const cells = problem.nodeCount ** 2;
  problem.vehicles.forEach((vehicle, index) => {
    for (const name of ["durations", "distances", "costs"] as const) {
      const matrix = vehicle[name];
      if (matrix.length !== cells) {
        throw fail("ALGORITHM_INPUT_INVALID", `vehicles[${index}].${name} has ${matrix.length} cells, not ${cells}.`);
      }
      requireFinite(matrix, `vehicles[${index}].${name}`);
    }
  });
}

/** A wrong answer is a defect of the solver: it must never leave this room looking right. */
function requireCorrect(
  problem: RoutingProblem,
  schedules: readonly RouteSchedule[],
  unassigned: readonly number[],
): void {
  const faults = schedules.flatMap((schedule) => checkRoute(problem, schedule));
  const named = [...schedules.flatMap(({ stops }) => stops.map(({ job }) => job)), ...unassigned];
  if (named.length !== problem.jobs.length || new Set(named).size !== named.length) {
    faults.push("a job is missing or named twice");
  }
  if (faults.length > 0) throw fail("INTERNAL", `The route solver gave a wrong answer: ${faults.join("; ")}.`);
}
