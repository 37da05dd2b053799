import type { FleetProblem } from "../../algorithms/routing/fleet-problem.ts";
import { RouteSchedule } from "../../algorithms/routing/route-schedule.ts";
import { buildFleetProblem, COST_UNIT } from "./build-fleet-problem.ts";
import { nameNodes, numberSteps } from "./build-fleet-reloads.ts";
import { lockedTasks } from "./build-fleet-rules.ts";
import { formatRoute } from "./format-route.ts";
import { listPlacings, type Placing } from "./list-placings.ts";
import { readProposal, type ProposeRequest } from "./read-proposal.ts";
import { measureWork } from "./report-plan-costs.ts";
import { timePlan } from "./time-plan.ts";
import { timeRoute } from "./time-route.ts";
import type { VroomProblem, VroomTask, VroomVehicle } from "./vroom-problem.ts";
import type { VroomRoute } from "./vroom-solution.ts";

/** Where the new order fits: before the `position`-th task of the vehicle (breaks and reloads not counted), and what that costs. */
export interface Proposal {
  readonly vehicle: number;
  readonly position: number;
  /** When its service would begin, seconds. */
  readonly begin: number;
  /** Of a shipment, whose pickup the two above are for: the same of its delivery, the pickup not counted. */
  readonly delivery?: { readonly position: number; readonly begin: number };
  /** What the whole plan costs more, in all that a solution weighs, and travels longer (s), with it. */
  readonly marginal_cost: number;
  readonly marginal_duration: number;
  /** The vehicle's steps with it (breaks left out), of a shipment, or where there are reloads among them, given ones or one that is set in for it. */
  readonly steps?: readonly { readonly type: VroomTask["kind"]; readonly id: number }[];
}

export interface PricedSlot {
  /** Null where the order's own time windows hold. */
  readonly slot: readonly [number, number] | null;
  /** The best place on each vehicle that has one, cheapest first; empty where it fits nowhere. */
  readonly proposals: readonly Proposal[];
}

/** Proposals listed for each slot at most. */
const LISTED = 10;

/**
 * Prices a new order against a running plan: no other stop changes its vehicle or its turn, so that nothing departs from the plan. Every
 * place is timed and checked by all rules, so what is proposed can be promised. A route that breaks a rule already takes nothing more.
 * O(slots × stops × stops of a route) for a job, × stops of a route once more for a shipment and for reloads. Errors: those of `readProposal`.
 */
export function proposeSlots(request: ProposeRequest): PricedSlot[] {
  const { problem, nodes, slots, inSlot } = readProposal(request);
  if (slots === undefined) return [{ slot: null, proposals: listProposals(problem, nodes) }];
  return slots.map((slot) => ({ slot, proposals: listProposals(inSlot(slot), nodes) }));
}

function listProposals(problem: VroomProblem, nodes: readonly number[]): Proposal[] {
  const fleet = buildFleetProblem(problem);
  const orders = problem.vehicles.map((_, at) => numberSteps(problem, at, fleet.rules?.reloads));
  const used = orders.filter((order) => order.length > 0).length;
  const longestBut = measureOthers(problem);
  const placeBest = (at: number, schedule: RouteSchedule, given?: Placing): PlacedProposal[] => {
    const order = orders[at] as number[];
    const isNew = order.length === 0;
    if (isNew && used >= problem.maxVehicles) return [];
    const before = isNew ? undefined : timeOrder(problem, fleet, at, order, schedule);
    if (!isNew && before === undefined) return [];
    const surcharge = isNew ? 0 : schedule.surcharge / COST_UNIT;
    const lastLocked = lockedTasks(problem.vehicles[at] as VroomVehicle).at(-1);
    const locked = lastLocked === undefined ? 0 : order.indexOf(lastLocked) + 1;
    let best: PlacedProposal | undefined;
    for (const placing of given === undefined ? listPlacings(fleet, at, order, nodes, locked) : [given]) {
      // Costs are in whole units; lateness and traffic add to those of the legs, less what the route has of them already.
      if (best !== undefined && !isNew && placing.cost / COST_UNIT - surcharge > best.proposal.marginal_cost + 1) break;
      const route = timeOrder(problem, fleet, at, placing.order, schedule);
      if (route === undefined) continue;
      const marginal_cost = route.cost - (before?.cost ?? 0) + longestBut(at, route) - longestBut(at, before);
      if (best !== undefined && marginal_cost >= best.proposal.marginal_cost) continue;
      const [first, second] = nodes.map((node, half) => ({
        position: placing.positions[half] as number,
        begin: beginOf(route, problem.tasks[node] as VroomTask),
      })) as [OrderPlace, OrderPlace | undefined];
      const steps = nameNodes(problem, at, placing.order, fleet.rules?.reloads).map(({ kind, id }) => ({
        type: kind,
        id,
      }));
      const isTold = second !== undefined || steps.some(({ type }) => type === "reload");
      const proposal = {
        vehicle: route.vehicle,
        ...first,
        ...(second === undefined ? {} : { delivery: second }),
        marginal_cost,
        marginal_duration: route.duration - (before?.duration ?? 0),
        ...(isTold ? { steps } : {}),
      };
      best = { at, placing, isMissed: isNew && used < (problem.minVehicles ?? 0), proposal };
    }
    return best === undefined ? [] : [best];
  };
  // As a solution is judged: missing routes come before cost.
  const compare = (a: PlacedProposal, b: PlacedProposal): number =>
    Number(b.isMissed) - Number(a.isMissed) || a.proposal.marginal_cost - b.proposal.marginal_cost;
  const quick = new RouteSchedule(fleet);
  const listed = problem.vehicles
    .flatMap((_, at) => placeBest(at, quick))
    .sort(compare)
    .slice(0, LISTED);
  if (problem.traffic.size === 0) return listed.map(({ proposal }) => proposal);
  // In traffic places are compared as a search does; those that are listed are timed as a solution would be.
  const thorough = new RouteSchedule(fleet, true);
  return listed
    .flatMap((one) => placeBest(one.at, thorough, one.placing))
    .sort(compare)
    .map(({ proposal }) => proposal);
}

type OrderPlace = Pick<Proposal, "position" | "begin">;

function beginOf({ steps }: VroomRoute, task: VroomTask): number {
  const step = steps.find(({ type, id }) => type === task.kind && id === task.id);
  return (step?.arrival ?? 0) + (step?.waiting_time ?? 0);
}

/** The route of a vehicle in this order as a solution would have it; undefined where it breaks a rule. */
function timeOrder(
  problem: VroomProblem,
  fleet: FleetProblem,
  at: number,
  order: readonly number[],
  schedule: RouteSchedule,
): VroomRoute | undefined {
  if (!schedule.isFeasible(at, Int32Array.from(order), order.length)) return undefined;
  const places = schedule.readPlaces(order.length);
  const tasks = nameNodes(problem, at, order, fleet.rules?.reloads);
  const vehicle = problem.vehicles[at] as VroomVehicle;
  const begins = fleet.rules && schedule.readBegins(order.length);
  const route = formatRoute(problem, timeRoute(problem, vehicle, tasks, places, begins));
  return route.violations.length === 0 ? route : undefined;
}

/** What the longest route costs, a vehicle's own (if it has one) being as given and all others as they run. */
function measureOthers(problem: VroomProblem): (at: number, own: VroomRoute | undefined) => number {
  const { balance } = problem.planCosts;
  if (balance === undefined) return () => 0;
  const works = problem.vehicles.map((vehicle) =>
    Math.max(0, ...timePlan(problem, vehicle).map((timed) => measureWork(balance.by, formatRoute(problem, timed)))),
  );
  return (at, own) => {
    const others = works.filter((_, other) => other !== at);
    return balance.cost * Math.max(0, ...others, own === undefined ? 0 : measureWork(balance.by, own));
  };
}

/** A proposal with the number of its vehicle, and how the order lies there. */
interface PlacedProposal {
  readonly at: number;
  readonly placing: Placing;
  /** Whether it makes one of the routes that the plan has too few. */
  readonly isMissed: boolean;
  readonly proposal: Proposal;
}
