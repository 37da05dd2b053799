import { isEntry } from "./field-reader.ts";
import { checkVroomRoute } from "./check-vroom-route.ts";
import { checkPlanCosts } from "./check-plan-costs.ts";
import type { VroomProblem, VroomTask } from "./vroom-problem.ts";
import type { VroomSolution } from "./vroom-solution.ts";

export interface CheckedSolution {
  /** What is wrong, in words; empty for a feasible solution with correct figures. */
  readonly faults: readonly string[];
  /** What the solution achieves, counted anew. */
  readonly priority: number;
  readonly assigned: number;
  readonly cost: number;
}

/**
 * Checks a solution in VROOM's format, ours or anyone's. Shares no code with the solver: it replays every route from its
 * stated start and compares each stated time, load, distance and cost with the problem. O(steps).
 */
export function checkSolution(problem: VroomProblem, solution: unknown): CheckedSolution {
  const faults: string[] = [];
  const nothing = { faults, priority: 0, assigned: 0, cost: 0 };
  if (!hasShape(solution)) {
    faults.push("the solution has no summary, routes and unassigned as VROOM writes them");
    return nothing;
  }
  const { summary, routes, unassigned } = solution;
  const checks = routes.map((route) => checkVroomRoute(problem, route, faults));
  const sum = (pick: (check: (typeof checks)[number]) => number): number =>
    checks.reduce((total, check) => total + pick(check), 0);
  const cost = sum((check) => check.cost);
  const priority = sum((check) => check.priority);
  const served = checks.flatMap((check) => check.served);

  if (routes.length > problem.maxVehicles) faults.push(`has ${routes.length} routes of ${problem.maxVehicles}`);
  for (const { id, lockedSteps } of problem.vehicles) {
    if (lockedSteps > 0 && !routes.some(({ vehicle }) => vehicle === id))
      faults.push(`vehicle ${id} has locked steps but no route`);
  }
  noteRepeats(
    routes.map(({ vehicle }) => `vehicle ${vehicle}`),
    faults,
  );
  const nameOf = ({ kind, id }: VroomTask): string => `${kind} ${id}`;
  const named = [...served.map(nameOf), ...unassigned.map(({ type, id }) => `${type} ${id}`)];
  noteRepeats(named, faults);
  const known = new Set(problem.tasks.map(nameOf));
  const found = new Set(named);
  for (const name of found) if (!known.has(name)) faults.push(`${name} is not in the problem`);
  for (const name of known) if (!found.has(name)) faults.push(`${name} is neither served nor unassigned`);

  const expect = (stated: unknown, counted: number, what: string, tolerance = 0): void => {
    if (typeof stated !== "number" || !(Math.abs(stated - counted) <= tolerance)) {
      faults.push(`summary: ${what} is stated as ${String(stated)} but comes to ${counted}`);
    }
  };
  expect(summary.cost, cost, "cost", checks.length);
  expect(summary.priority, priority, "priority");
  expect(summary.routes, routes.length, "routes");
  expect(summary.unassigned, unassigned.length, "unassigned");
  if (problem.minVehicles !== undefined)
    expect(summary.missing_vehicles, Math.max(problem.minVehicles, routes.length) - routes.length, "missing_vehicles");
  for (const field of ["setup", "service", "duration", "waiting_time"] as const) {
    expect(
      summary[field],
      routes.reduce((total, route) => total + route[field], 0),
      field,
    );
  }
  if (problem.vehicles.some(({ emissions }) => emissions !== undefined)) {
    expect(
      summary.co2_g,
      routes.reduce((total, route) => total + (route.co2_g ?? 0), 0),
      "co2_g",
    );
  }
  if (problem.tasks.some(({ due }) => due !== undefined)) {
    for (const field of ["lateness", "lateness_cost"] as const) {
      expect(
        summary[field],
        routes.reduce((total, route) => total + (route[field] ?? 0), 0),
        field,
      );
    }
  }
  checkPlanCosts(problem, solution, faults);
  return { faults, priority, assigned: served.length, cost };
}

const TOTALS = ["cost", "setup", "service", "duration", "waiting_time"];

/** Enough of the shape to read on: entries with steps that have a type and numbers where numbers are due. */
function hasShape(value: unknown): value is VroomSolution {
  if (!isEntry(value) || !isEntry(value["summary"])) return false;
  const { routes, unassigned } = value;
  if (!Array.isArray(routes) || !Array.isArray(unassigned) || !unassigned.every(isEntry)) return false;
  return routes.every(
    (route: unknown) =>
      isEntry(route) &&
      TOTALS.every((field) => Number.isFinite(route[field])) &&
      Array.isArray(route["steps"]) &&
      route["steps"].length >= 2 &&
      route["steps"].every(isTimedStep),
  );
}

function isTimedStep(step: unknown): boolean {
  return (
    isEntry(step) &&
    typeof step["type"] === "string" &&
    (step["load"] === undefined || (Array.isArray(step["load"]) && step["load"].every(Number.isFinite))) &&
    ["arrival", "setup", "service", "waiting_time"].every((field) => Number.isFinite(step[field]))
  );
}

function noteRepeats(names: readonly string[], faults: string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) faults.push(`${name} appears twice`);
    seen.add(name);
  }
}
