import type { StopOrder } from "./edit-plan.ts";
import {
  nameOfTask,
  type PlanRoute,
  type ProblemTask,
  type RoutePlan,
  type RouteProblem,
  type Violation,
} from "./vroom.ts";

/** Options that speak of all routes at once. */
const OF_ALL_ROUTES = ["max_vehicles", "min_vehicles", "stability_cost", "reorder_cost", "balance"];

/**
 * The part of a problem that a change by hand concerns, so that it is checked at once however large the rest is: the vehicles whose
 * stops differ between two orders, those that their stops are tied to, and what all of these serve now or did before. Undefined
 * where routes hang together by an option or a precedence, and where nothing differs.
 */
export function narrowProblem(problem: RouteProblem, before: StopOrder, after: StopOrder): RouteProblem | undefined {
  const { jobs = [], shipments = [], options = {} } = problem;
  if (OF_ALL_ROUTES.some((name) => name in options) || jobs.some(({ after: first = [] }) => first.length > 0)) {
    return undefined;
  }
  const ties = new Map<string, number | undefined>([
    ...jobs.map(({ id, locked_vehicle: tied }) => [`job ${id}`, tied] as const),
    ...shipments.flatMap(({ pickup, delivery, locked_vehicle: tied }) =>
      [`pickup ${pickup.id}`, `delivery ${delivery.id}`].map((name) => [name, tied] as const),
    ),
  ]);
  const namesOf = (order: StopOrder, vehicle: number): string[] => (order.get(vehicle) ?? []).map(nameOfTask);
  const open = [...after.keys()].filter((id) => namesOf(before, id).join() !== namesOf(after, id).join());
  if (open.length === 0) return undefined;
  const vehicles = new Set<number>();
  const tasks = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (vehicles.has(id)) continue;
    vehicles.add(id);
    for (const name of [...namesOf(before, id), ...namesOf(after, id)]) {
      tasks.add(name);
      const tied = ties.get(name);
      if (tied !== undefined) open.push(tied);
    }
  }
  return {
    ...problem,
    vehicles: problem.vehicles.filter(({ id }) => vehicles.has(id)),
    ...(problem.jobs === undefined ? {} : { jobs: jobs.filter(({ id }: ProblemTask) => tasks.has(`job ${id}`)) }),
    ...(problem.shipments === undefined
      ? {}
      : { shipments: shipments.filter(({ pickup }) => tasks.has(`pickup ${pickup.id}`)) }),
  };
}

/** Totals of a summary that are sums over its routes. */
const SUMS = "cost setup service duration waiting_time priority distance co2_g lateness lateness_cost".split(" ");
const SUMS_BY_DIMENSION = ["delivery", "amount", "pickup"];

/** A plan with the answer to a narrowed problem in the place of what it held of these vehicles and tasks; totals are added up anew. */
export function widenPlan(
  problem: RouteProblem,
  before: RoutePlan,
  narrow: RouteProblem,
  answer: RoutePlan,
): RoutePlan {
  const asked = new Set(narrow.vehicles.map(({ id }) => id));
  const found = new Map(
    [...before.routes.filter(({ vehicle }) => !asked.has(vehicle)), ...answer.routes].map(byVehicle),
  );
  const hasDues = before.summary.lateness !== undefined;
  const routes = problem.vehicles.flatMap(({ id }) => {
    const route = found.get(id);
    if (route === undefined) return [];
    // Where nothing of a narrowed problem is due, its routes say nothing of lateness.
    return [hasDues ? { lateness: 0, lateness_cost: 0, ...route } : route];
  });
  const known = new Set([
    ...(narrow.jobs ?? []).map(({ id }) => `job ${id}`),
    ...(narrow.shipments ?? []).flatMap(({ pickup, delivery }) => [`pickup ${pickup.id}`, `delivery ${delivery.id}`]),
  ]);
  const unassigned = [...before.unassigned.filter((task) => !known.has(nameOfTask(task))), ...answer.unassigned];
  const sums = SUMS.filter((name) => name in before.summary).map((name) => [name, sumOf(routes, name)]);
  const vectors = SUMS_BY_DIMENSION.filter((name) => name in before.summary).map((name) => [
    name,
    sumByDimension(routes, name),
  ]);
  return {
    ...before,
    summary: {
      ...before.summary,
      ...answer.summary,
      ...Object.fromEntries([...sums, ...vectors]),
      routes: routes.length,
      unassigned: unassigned.length,
      violations: sumViolations(routes.flatMap(({ violations }) => violations)),
    },
    unassigned,
    routes,
  };
}

function byVehicle(route: PlanRoute): readonly [number, PlanRoute] {
  return [route.vehicle, route];
}

// Routes carry more fields than the page reads; these are numbers, and lists of numbers, by the API's documentation.
type Totals = Readonly<Record<string, unknown>>;

function sumOf(routes: readonly PlanRoute[], name: string): number {
  return routes.reduce((sum, route) => sum + (((route as unknown as Totals)[name] as number | undefined) ?? 0), 0);
}

function sumByDimension(routes: readonly PlanRoute[], name: string): number[] {
  const lists = routes.map((route) => ((route as unknown as Totals)[name] as number[] | undefined) ?? []);
  return Array.from({ length: Math.max(0, ...lists.map(({ length }) => length)) }, (_, at) =>
    lists.reduce((sum, list) => sum + (list[at] ?? 0), 0),
  );
}

/** Each cause once, with the sum of its seconds where it has any. */
function sumViolations(violations: readonly Violation[]): Violation[] {
  const sums = new Map<string, Violation>();
  for (const { cause, duration } of violations) {
    const before = sums.get(cause)?.duration ?? 0;
    sums.set(cause, duration === undefined ? { cause } : { cause, duration: before + duration });
  }
  return [...sums.values()];
}
