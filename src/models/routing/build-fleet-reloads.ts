import type { FleetReloads } from "../../algorithms/routing/fleet-problem.ts";
import { innerSteps } from "./read-vehicle.ts";
import type { VroomProblem, VroomTask } from "./vroom-problem.ts";

/** The reloads of a fleet as tasks behind those of the problem. */
export interface NumberedReloads extends FleetReloads {
  readonly tasks: readonly VroomTask[];
}

/** As many reloads for each place of a vehicle as it may use, and as there can be tasks to part; undefined without any. */
export function buildFleetReloads({ tasks, vehicles, dimensionCount }: VroomProblem): NumberedReloads | undefined {
  if (dimensionCount === 0) return undefined;
  const first = tasks.length;
  const most = Int32Array.from(vehicles, ({ maxTrips }) => Math.min(maxTrips - 1, Math.max(0, first - 1)));
  const reloads: VroomTask[] = [];
  const ofVehicle = vehicles.map((vehicle, at) =>
    vehicle.reloads.map((reload) => Array.from({ length: most[at] as number }, () => first + reloads.push(reload) - 1)),
  );
  if (reloads.length === 0) return undefined;
  const staysOnBoard = Uint8Array.from([...tasks, ...reloads], ({ kind }) =>
    kind === "pickup" || kind === "delivery" ? 1 : 0,
  );
  return { first, ofVehicle, most, staysOnBoard, tasks: reloads };
}

/** The steps of a vehicle (by its place in the list) as numbers of tasks and reloads; reloads beyond those that it has are left out. */
export function numberSteps({ vehicles }: VroomProblem, at: number, reloads: FleetReloads | undefined): number[] {
  const vehicle = vehicles[at] as VroomProblem["vehicles"][number];
  const used = new Set<number>();
  return innerSteps(vehicle).flatMap(({ kind, index }) => {
    if (kind === "break") return [];
    if (kind !== "reload") return [index];
    const free = reloads?.ofVehicle[at]?.[index]?.find((one) => !used.has(one));
    if (free === undefined || used.size >= (reloads?.most[at] ?? 0)) return [];
    used.add(free);
    return [free];
  });
}

/** The tasks and reloads that a route of a vehicle names by number. */
export function nameNodes(
  { tasks, vehicles }: VroomProblem,
  at: number,
  nodes: ArrayLike<number>,
  reloads: FleetReloads | undefined,
): VroomTask[] {
  return Array.from(nodes, (node) => {
    const place = reloads?.ofVehicle[at]?.findIndex((equal) => equal.includes(node)) ?? -1;
    return (place < 0 ? tasks[node] : vehicles[at]?.reloads[place]) as VroomTask;
  });
}
