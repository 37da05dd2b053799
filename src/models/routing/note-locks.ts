import { plannedTasks } from "./read-vehicle.ts";
import type { FieldFault } from "../../core/errors.ts";
import { lockedTasks } from "./build-fleet-rules.ts";
import type { VroomTask, VroomVehicle } from "./vroom-problem.ts";

/** Notes locks that cannot be kept whatever the plan: unknown vehicles, contradictions, and shipments locked by half. */
export function noteLocks(
  tasks: readonly VroomTask[],
  jobCount: number,
  vehicles: readonly VroomVehicle[],
  faults: FieldFault[],
): void {
  const ids = new Set(vehicles.map(({ id }) => id));
  tasks.forEach(({ kind, lockedVehicle }, at) => {
    if (lockedVehicle === undefined || kind === "delivery" || ids.has(lockedVehicle)) return;
    const pointer = kind === "job" ? `/jobs/${at}` : `/shipments/${(at - jobCount) / 2}`;
    faults.push({ pointer: `${pointer}/locked_vehicle`, message: `${lockedVehicle} is the id of no vehicle` });
  });
  vehicles.forEach((vehicle, at) => {
    const note = (message: string): void => void faults.push({ pointer: `/vehicles/${at}/locked_steps`, message });
    const locked = lockedTasks(vehicle);
    const planned = new Set(plannedTasks(vehicle));
    locked.forEach((index, rank) => {
      const { kind, id, lockedVehicle } = tasks[index] as VroomTask;
      if (lockedVehicle !== undefined && lockedVehicle !== vehicle.id)
        note(`hold ${kind} ${id}, which is locked to vehicle ${lockedVehicle}`);
      if (kind === "pickup" && !planned.has(index + 1)) note(`hold pickup ${id}, but steps do not name its delivery`);
      if (kind === "delivery" && !locked.slice(0, rank).includes(index - 1))
        note(`hold delivery ${id} without its pickup before`);
    });
  });
}
