import type { Balance, Stability } from "../../algorithms/routing/fleet-problem.ts";
import { plannedTasks } from "./read-vehicle.ts";
import type { VroomProblem } from "./vroom-problem.ts";

/** What departing from the given steps costs, in units of which `costUnit` make one; undefined where it costs nothing. */
export function buildStability(
  { vehicles, planCosts: { move = 0, reorder = 0 } }: VroomProblem,
  costUnit: number,
  nTasks: number,
): Stability | undefined {
  if (move === 0 && reorder === 0) return undefined;
  const home = new Int32Array(nTasks).fill(-1);
  const turn = new Int32Array(nTasks);
  vehicles.forEach((vehicle, at) =>
    plannedTasks(vehicle).forEach((task, rank) => {
      home[task] = at;
      turn[task] = rank;
    }),
  );
  return { home, turn, moveCost: move * costUnit, reorderCost: reorder * costUnit };
}

/** What the longest route costs, in units of which `timeUnit` make a second and `costUnit` one of cost. */
export function buildBalance(
  { vehicles, planCosts: { balance } }: VroomProblem,
  timeUnit: number,
  costUnit: number,
): Balance | undefined {
  if (balance === undefined || balance.cost === 0) return undefined;
  const cost = (balance.cost * costUnit) / (balance.by === "time" ? timeUnit : 1);
  const restTime = Float64Array.from(vehicles, ({ breaks }) =>
    breaks.reduce((sum, { service }) => sum + Math.round(service * timeUnit), 0),
  );
  return { by: balance.by, cost, restTime };
}
