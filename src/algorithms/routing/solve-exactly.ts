import { fail } from "../../core/errors.ts";
import { canServe } from "./is-route-feasible.ts";
import { arcCost } from "./route-cost.ts";
import type { RoutePlan, RoutingProblem } from "./routing-problem.ts";

export const EXACT_JOB_LIMIT = 9;

/** A partial route of the only vehicle. */
interface Label {
  /** The job served last, and the label it continues. */
  readonly job: number;
  readonly before: Label | undefined;
  /** When the work at `job` ends. */
  readonly time: number;
  readonly cost: number;
  readonly travel: number;
  readonly distance: number;
  /** Per dimension, the most by which pickups outweighed deliveries at any point so far; at least 0. */
  readonly peak: readonly number[];
  /** Per dimension, pickups minus deliveries so far, and deliveries so far. */
  readonly balance: readonly number[];
  readonly delivered: readonly number[];
}

/**
 * The best plan of a single vehicle, exactly: most priority, then most jobs, then least cost.
 *
 * Dynamic programming over sets of served jobs. Waiting is free while time, travel, distance and load are bounded, so a
 * set and a last job keep every label that no other matches in cost, time, travel, distance and load peaks at once.
 * The load at a point is what the whole route delivers plus the balance so far: hence the peak.
 *
 * Limits: one vehicle, at most 9 jobs. Time O(2^n · n² · labels), memory O(2^n · n · labels).
 * Errors: `ALGORITHM_INPUT_INVALID` beyond the limits.
 * Source: Held and Karp (1962), with labels after Desrochers, Desrosiers and Solomon (1992).
 */
export function solveExactly(problem: RoutingProblem): RoutePlan {
  const count = problem.jobs.length;
  if (problem.vehicles.length !== 1 || count > EXACT_JOB_LIMIT) {
    throw fail("ALGORITHM_INPUT_INVALID", `The exact method takes one vehicle and at most ${EXACT_JOB_LIMIT} jobs.`);
  }
  const labels: Label[][][] = Array.from({ length: 1 << count }, () => Array.from({ length: count }, () => []));
  let best = { priority: 0, size: 0, cost: 0, label: undefined as Label | undefined };

  for (let set = 0; set < 1 << count; set++) {
    for (const label of set === 0 ? [undefined] : labels[set].flat()) {
      const cost = label === undefined ? undefined : closeRoute(problem, label);
      if (cost !== undefined) {
        const found = { ...weighJobs(problem, set), cost, label };
        if ((found.priority - best.priority || found.size - best.size || best.cost - found.cost) > 0) best = found;
      }
      for (let job = 0; job < count; job++) {
        if ((set & (1 << job)) !== 0) continue;
        const next = extendLabel(problem, label, job);
        if (next !== undefined) keepLabel(labels[set | (1 << job)][job], next);
      }
    }
  }
  const order: number[] = [];
  for (let label = best.label; label !== undefined; label = label.before) order.unshift(label.job);
  const unassigned = problem.jobs.map((_, job) => job).filter((job) => !order.includes(job));
  return { routes: [order], unassigned };
}

function weighJobs(problem: RoutingProblem, set: number): { priority: number; size: number } {
  const served = problem.jobs.filter((_, job) => (set & (1 << job)) !== 0);
  return { priority: served.reduce((sum, job) => sum + job.priority, 0), size: served.length };
}

function extendLabel(problem: RoutingProblem, before: Label | undefined, jobIndex: number): Label | undefined {
  const vehicle = problem.vehicles[0];
  const job = problem.jobs[jobIndex];
  if (!canServe(problem, 0, jobIndex)) return undefined;
  const from = before === undefined ? vehicle.startNode : problem.jobs[before.job].node;
  const arc = from === undefined ? undefined : from * problem.nodeCount + job.node;
  const duration = arc === undefined ? 0 : vehicle.durations[arc];
  const arrival = (before?.time ?? vehicle.window.start) + duration;
  const window = job.windows.find(({ end }) => arrival <= end);
  if (window === undefined) return undefined;

  const balance = job.pickup.map((amount, d) => (before?.balance[d] ?? 0) + amount - job.delivery[d]);
  const delivered = job.delivery.map((amount, d) => (before?.delivered[d] ?? 0) + amount);
  const peak = balance.map((amount, d) => Math.max(before?.peak[d] ?? 0, amount));
  const label: Label = {
    job: jobIndex,
    before,
    time: Math.max(arrival, window.start) + job.service + (from === job.node ? 0 : job.setup),
    cost: (before?.cost ?? vehicle.fixedCost) + arcCost(problem, 0, from, job.node),
    travel: (before?.travel ?? 0) + duration,
    distance: (before?.distance ?? 0) + (arc === undefined ? 0 : vehicle.distances[arc]),
    peak,
    balance,
    delivered,
  };
  // Later stops only add to each of these, so a broken bound ends this branch.
  const isWithin =
    label.time <= vehicle.window.end &&
    label.travel <= vehicle.maxTravel &&
    label.distance <= vehicle.maxDistance &&
    countJobs(label) <= vehicle.maxTasks &&
    vehicle.capacity.every((capacity, d) => delivered[d] + peak[d] <= capacity);
  return isWithin ? label : undefined;
}

/** Adds a label unless another matches it in everything; drops those that it matches. */
function keepLabel(labels: Label[], label: Label): void {
  const matches = (a: Label, b: Label): boolean =>
    a.time <= b.time &&
    a.cost <= b.cost &&
    a.travel <= b.travel &&
    a.distance <= b.distance &&
    a.peak.every((amount, d) => amount <= b.peak[d]);
  if (labels.some((other) => matches(other, label))) return;
  const kept = labels.filter((other) => !matches(label, other));
  labels.splice(0, labels.length, ...kept, label);
}

/** Cost of the route that ends after this label, or undefined where the way to the end breaks a bound. */
function closeRoute(problem: RoutingProblem, label: Label): number | undefined {
  const vehicle = problem.vehicles[0];
  if (vehicle.endNode === undefined) return label.cost;
  const arc = problem.jobs[label.job].node * problem.nodeCount + vehicle.endNode;
  const isWithin =
    label.time + vehicle.durations[arc] <= vehicle.window.end &&
    label.travel + vehicle.durations[arc] <= vehicle.maxTravel &&
    label.distance + vehicle.distances[arc] <= vehicle.maxDistance;
  return isWithin ? label.cost + vehicle.costs[arc] : undefined;
}

function countJobs(label: Label): number {
  let count = 0;
  for (let at: Label | undefined = label; at !== undefined; at = at.before) count++;
  return count;
}
