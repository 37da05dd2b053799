import { sumViolations } from "./add-violations.ts";
import { explainUnassigned } from "./explain-unassigned.ts";
import { formatRoute, hasDues, placeFields } from "./format-route.ts";
import { assumedSpeedKmh, ROAD_FACTOR } from "./great-circle.ts";
import { reportPlanCosts } from "./report-plan-costs.ts";
import type { TimedRoute } from "./timed-route.ts";
import type { VroomProblem } from "./vroom-problem.ts";
import type { VroomRoute, VroomSolution, VroomUnassigned } from "./vroom-solution.ts";

const UNTIMED = { loading: 0, solving: 0, routing: 0 };

export interface FormatOptions {
  /** The routes were given, not found. */
  readonly isPlan?: boolean;
  readonly computingTimes?: VroomSolution["summary"]["computing_times"];
}

/** Writes timed routes as a whole answer in VROOM's format, with a reason for every task left out. */
export function formatSolution(
  problem: VroomProblem,
  timedRoutes: readonly TimedRoute[],
  { isPlan = false, computingTimes = UNTIMED }: FormatOptions = {},
): VroomSolution {
  const routes = timedRoutes.map((route) => formatRoute(problem, route));
  const served = new Set(timedRoutes.flatMap(({ stops }) => stops.map(({ task }) => task)));
  const unassigned = problem.tasks.flatMap((task): VroomUnassigned[] => {
    if (served.has(task) || task.kind === "reload") return [];
    const description = task.description === undefined ? {} : { description: task.description };
    return [
      {
        id: task.id,
        ...placeFields(task.place),
        type: task.kind,
        ...description,
        ...explainUnassigned(problem, task, isPlan),
      },
    ];
  });
  const sum = (pick: (route: VroomRoute) => number): number => routes.reduce((total, route) => total + pick(route), 0);
  const sums = (pick: "delivery" | "pickup"): number[] =>
    Array.from({ length: problem.dimensionCount }, (_, d) => sum((route) => route[pick]?.[d] ?? 0));
  const missing = Math.max(0, (problem.minVehicles ?? 0) - routes.length);
  const hasDistances = [...problem.matrices.values()].some(({ distances }) => distances !== undefined);
  return {
    code: 0,
    summary: {
      cost: sum(({ cost }) => cost),
      routes: routes.length,
      unassigned: unassigned.length,
      ...(problem.minVehicles === undefined ? {} : { missing_vehicles: missing }),
      ...(problem.dimensionCount === 0
        ? {}
        : { delivery: sums("delivery"), amount: sums("delivery"), pickup: sums("pickup") }),
      setup: sum(({ setup }) => setup),
      service: sum(({ service }) => service),
      duration: sum(({ duration }) => duration),
      waiting_time: sum(({ waiting_time }) => waiting_time),
      priority: sum(({ priority }) => priority),
      ...(hasDistances ? { distance: sum(({ distance }) => distance ?? 0) } : {}),
      ...(problem.vehicles.some(({ emissions }) => emissions !== undefined)
        ? { co2_g: sum(({ co2_g }) => co2_g ?? 0) }
        : {}),
      ...(hasDues(problem)
        ? { lateness: sum(({ lateness }) => lateness ?? 0), lateness_cost: sum((route) => route.lateness_cost ?? 0) }
        : {}),
      violations: sumViolations([
        ...routes.flatMap(({ violations }) => violations),
        ...(routes.length > problem.maxVehicles ? [{ cause: "max_vehicles" } as const] : []),
        ...(isPlan && missing > 0 ? [{ cause: "min_vehicles" } as const] : []),
      ]),
      ...reportPlanCosts(problem, routes),
      computing_times: computingTimes,
      travel_basis: problem.travelBasis,
      ...(problem.travelBasis === "great-circle"
        ? {
            road_factor: ROAD_FACTOR,
            assumed_speed_kmh: Object.fromEntries(
              problem.vehicles.map(({ profile }) => [profile, assumedSpeedKmh(profile)]),
            ),
          }
        : {}),
    },
    unassigned,
    routes,
  };
}
