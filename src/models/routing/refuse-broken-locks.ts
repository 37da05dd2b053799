import type { FleetProblem } from "../../algorithms/routing/fleet-problem.ts";
import { RoutePlan } from "../../algorithms/routing/route-plan.ts";
import { startRoutes } from "../../algorithms/routing/start-routes.ts";
import { fail } from "../../core/errors.ts";
import { numberSteps } from "./build-fleet-reloads.ts";
import { lockedTasks } from "./build-fleet-rules.ts";
import { formatRoute } from "./format-route.ts";
import { timePlan } from "./time-plan.ts";
import type { VroomProblem, VroomVehicle } from "./vroom-problem.ts";

/**
 * Throws `ROUTE_INPUT_INVALID` where a locked prefix, with the deliveries of its pickups, breaks a rule by itself: then no plan
 * can keep it. Names the field and what would be broken.
 */
export function refuseBrokenLocks(problem: VroomProblem, fleet: FleetProblem): void {
  const { pinned } = fleet.rules ?? {};
  if (pinned === undefined || !pinned.includes(1)) return;
  const plan = new RoutePlan(fleet);
  const kept = problem.vehicles.map((_, at) =>
    numberSteps(problem, at, fleet.rules?.reloads).filter((node) => pinned[node] !== 0),
  );
  startRoutes(plan, kept, new Int32Array(fleet.nTasks));
  const errors = problem.vehicles.flatMap((vehicle, at) => {
    if (lockedTasks(vehicle).every((task) => plan.vehicleOf[task] === at)) return [];
    return [{ pointer: `/vehicles/${at}/locked_steps`, message: `cannot be kept: ${nameFaults(problem, vehicle)}` }];
  });
  if (errors.length === 0) return;
  throw fail("ROUTE_INPUT_INVALID", `${errors[0]?.pointer} ${errors[0]?.message}.`, { errors });
}

function nameFaults(problem: VroomProblem, vehicle: VroomVehicle): string {
  const causes = timePlan(problem, vehicle)
    .flatMap((route) => formatRoute(problem, route).violations)
    .map(({ cause, duration }) => (duration === undefined ? cause : `${cause} of ${duration} s`));
  return causes.length === 0 ? "they leave no time for a break" : `they break ${causes.join(", ")}`;
}
