import { RouteSchedule } from "../../algorithms/routing/route-schedule.ts";
import { AppError, fail } from "../../core/errors.ts";
import { buildFleetProblem } from "./build-fleet-problem.ts";
import { isEntry } from "./field-reader.ts";
import { nameNodes, numberSteps } from "./build-fleet-reloads.ts";
import { lockedTasks } from "./build-fleet-rules.ts";
import { formatRoute } from "./format-route.ts";
import { parseVroomProblem } from "./parse-vroom-problem.ts";
import { timeRoute } from "./time-route.ts";
import type { TimeWindow, VroomProblem } from "./vroom-problem.ts";
import type { VroomRoute } from "./vroom-solution.ts";

export interface ProposeRequest {
  /** A problem in VROOM's format whose vehicles' `steps` are the running plan. */
  readonly problem: unknown;
  /** The new order, a job in VROOM's format that the problem does not hold yet. */
  readonly job: unknown;
  /** Time windows to price one by one instead of the job's own. */
  readonly slots?: readonly (readonly [number, number])[];
}

/** Where the new job fits: before the `position`-th task of the vehicle (breaks not counted), and what that costs. */
export interface Proposal {
  readonly vehicle: number;
  readonly position: number;
  /** When its service would begin, seconds. */
  readonly begin: number;
  /** What the whole plan costs more, and travels longer (s), with it. */
  readonly marginal_cost: number;
  readonly marginal_duration: number;
}

export interface PricedSlot {
  /** Null where the job's own time windows hold. */
  readonly slot: readonly [number, number] | null;
  /** The best place on each vehicle that has one, cheapest first; empty where it fits nowhere. */
  readonly proposals: readonly Proposal[];
}

/** Proposals listed for each slot at most. */
const LISTED = 10;

/**
 * Prices a new order against a running plan: no other stop changes its vehicle or its turn. Every place is timed and
 * checked by all rules, so what is proposed can be promised. A route that breaks a rule already takes nothing more.
 * O(slots × stops × stops of a route). Errors: `ROUTE_INPUT_INVALID` with pointers into the request.
 */
export function proposeSlots({ problem: given, job, slots }: ProposeRequest): PricedSlot[] {
  const problem = readWithJob(given, job);
  const index = problem.tasks.findIndex((task) => task.kind === "job" && task.id === (job as { id: number }).id);
  if (slots === undefined) return [{ slot: null, proposals: listProposals(problem, index) }];
  return slots.map((slot, at) => {
    if (slot[0] > slot[1]) {
      const errors = [{ pointer: `/slots/${at}`, message: "must be [start, end] in seconds, ascending" }];
      throw fail("ROUTE_INPUT_INVALID", `/slots/${at} must be [start, end] in seconds, ascending.`, { errors });
    }
    const timeWindows: TimeWindow[] = [{ start: slot[0], end: slot[1] }];
    const tasks = problem.tasks.map((task, number) => (number === index ? { ...task, timeWindows } : task));
    return { slot, proposals: listProposals({ ...problem, tasks }, index) };
  });
}

function listProposals(problem: VroomProblem, job: number): Proposal[] {
  const fleet = buildFleetProblem(problem);
  const quick = new RouteSchedule(fleet);
  const time = (at: number, order: readonly number[], schedule: RouteSchedule): VroomRoute | undefined => {
    if (!schedule.isFeasible(at, Int32Array.from(order), order.length)) return undefined;
    const places = schedule.readPlaces(order.length);
    const tasks = nameNodes(problem, at, order, fleet.rules?.reloads);
    const vehicle = problem.vehicles[at] as VroomProblem["vehicles"][number];
    const route = formatRoute(
      problem,
      timeRoute(problem, vehicle, tasks, places, fleet.rules && schedule.readBegins(order.length)),
    );
    return route.violations.length === 0 ? route : undefined;
  };
  const placeBest = (at: number, schedule: RouteSchedule, places?: readonly number[]): PlacedProposal[] => {
    const order = numberSteps(problem, at, fleet.rules?.reloads);
    const before = order.length === 0 ? { cost: 0, duration: 0 } : time(at, order, schedule);
    if (before === undefined) return [];
    let best: PlacedProposal | undefined;
    const lastLocked = lockedTasks(problem.vehicles[at] as VroomProblem["vehicles"][number]).at(-1);
    const first = lastLocked === undefined ? 0 : order.indexOf(lastLocked) + 1;
    for (const place of places ?? Array.from({ length: order.length + 1 - first }, (_, rank) => first + rank)) {
      const route = time(at, order.toSpliced(place, 0, job), schedule);
      if (route === undefined) continue;
      const marginal_cost = route.cost - before.cost;
      if (best !== undefined && marginal_cost >= best.proposal.marginal_cost) continue;
      const step = route.steps.find(({ type, id }) => type === "job" && id === problem.tasks[job]?.id);
      const proposal = {
        vehicle: route.vehicle,
        position: order.slice(0, place).filter((task) => task < problem.tasks.length).length,
        begin: (step?.arrival ?? 0) + (step?.waiting_time ?? 0),
        marginal_cost,
        marginal_duration: route.duration - before.duration,
      };
      best = { at, place, proposal };
    }
    return best === undefined ? [] : [best];
  };
  const byCost = (a: PlacedProposal, b: PlacedProposal): number => a.proposal.marginal_cost - b.proposal.marginal_cost;
  const listed = problem.vehicles
    .flatMap((_, at) => placeBest(at, quick))
    .sort(byCost)
    .slice(0, LISTED);
  if (problem.traffic.size === 0) return listed.map(({ proposal }) => proposal);
  // In traffic places are compared as a search does; those that are listed are timed as a solution would be.
  const thorough = new RouteSchedule(fleet, true);
  return listed
    .flatMap((one) => placeBest(one.at, thorough, [one.place]))
    .sort(byCost)
    .map(({ proposal }) => proposal);
}

/** A proposal with the number of its vehicle and its place in the order of the vehicle. */
interface PlacedProposal {
  readonly at: number;
  readonly place: number;
  readonly proposal: Proposal;
}

/** The problem with the job as its last one; faults are told where the request has them. */
function readWithJob(given: unknown, job: unknown): VroomProblem {
  const jobs = isEntry(given) && Array.isArray(given["jobs"]) ? (given["jobs"] as unknown[]) : [];
  try {
    return parseVroomProblem(isEntry(given) ? { ...given, jobs: [...jobs, job] } : given);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const own = `/jobs/${jobs.length}`;
    const errors = error.errors.map(({ pointer, message }) => ({
      pointer:
        pointer === own || pointer.startsWith(`${own}/`) ? `/job${pointer.slice(own.length)}` : `/problem${pointer}`,
      message,
    }));
    throw fail(error.code, `${errors[0]?.pointer} ${errors[0]?.message}.`, { errors });
  }
}
