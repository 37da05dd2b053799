import { plannedTasks } from "./read-vehicle.ts";
import type { VroomProblem, VroomTask } from "./vroom-problem.ts";
import type { BalanceReport, StabilityReport, VroomRoute, VroomSolution } from "./vroom-solution.ts";

/** What a plan costs on top of its routes, for its summary; nothing for problems that do not ask. */
export function reportPlanCosts(
  problem: VroomProblem,
  routes: readonly VroomRoute[],
): Pick<VroomSolution["summary"], "stability" | "balance"> {
  const { move, reorder, balance } = problem.planCosts;
  return {
    ...(move === undefined && reorder === undefined ? {} : { stability: reportStability(problem, routes) }),
    ...(balance === undefined ? {} : { balance: reportBalance(balance, routes) }),
  };
}

function reportStability(problem: VroomProblem, routes: readonly VroomRoute[]): StabilityReport {
  const { move = 0, reorder = 0 } = problem.planCosts;
  const homes = new Map<string, { readonly vehicle: number; readonly turn: number }>();
  for (const vehicle of problem.vehicles) {
    plannedTasks(vehicle).forEach((index, turn) => {
      const { kind, id } = problem.tasks[index] as VroomTask;
      homes.set(`${kind} ${id}`, { vehicle: vehicle.id, turn });
    });
  }
  const moved: StabilityReport["moved"][number][] = [];
  const reordered: StabilityReport["reordered"][number][] = [];
  for (const { vehicle, steps } of routes) {
    let last = -1;
    for (const { type, id } of steps) {
      const home = homes.get(`${type} ${id}`);
      if (home === undefined || id === undefined) continue;
      if (home.vehicle !== vehicle) moved.push({ type, id, from: home.vehicle, to: vehicle });
      else {
        if (home.turn < last) reordered.push({ type, id, vehicle });
        last = home.turn;
      }
    }
  }
  return { cost: move * moved.length + reorder * reordered.length, moved, reordered };
}

function reportBalance(
  { by, cost }: NonNullable<VroomProblem["planCosts"]["balance"]>,
  routes: readonly VroomRoute[],
): BalanceReport {
  const measures = routes.map((route) => measureWork(by, route));
  const longest = Math.max(0, ...measures);
  return { by, cost: cost * longest, longest, shortest: routes.length === 0 ? 0 : Math.min(...measures) };
}

const SERVED = ["job", "pickup", "delivery"];

/** Work is travel, setup, service and breaks; waiting is not. Or it is the number of tasks. */
export function measureWork(by: "time" | "tasks", { steps, duration, setup, service }: VroomRoute): number {
  return by === "time" ? duration + setup + service : steps.filter(({ type }) => SERVED.includes(type)).length;
}
