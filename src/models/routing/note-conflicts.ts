import type { FieldFault } from "../../core/errors.ts";
import { innerSteps } from "./read-vehicle.ts";
import type { VroomMatrices, VroomTask, VroomVehicle } from "./vroom-problem.ts";

/** Notes ids that are taken. */
export function noteDuplicates(
  entries: readonly { readonly id: number }[],
  pointerOf: (at: number) => string,
  field: string,
  faults: FieldFault[],
): void {
  const seen = new Set<number>();
  entries.forEach(({ id }, at) => {
    if (seen.has(id))
      faults.push({ pointer: `${pointerOf(at)}/id`, message: `${id} is taken by another of the ${field}` });
    seen.add(id);
  });
}

/** Notes what fields of vehicles demand of the matrices and of each other. */
export function noteConflicts(
  vehicles: readonly VroomVehicle[],
  matrices: ReadonlyMap<string, VroomMatrices>,
  faults: FieldFault[],
): void {
  vehicles.forEach((vehicle, at) => noteMatrixFaults(vehicle, `/vehicles/${at}`, matrices, faults));
  const planned = new Set<string>();
  vehicles.forEach((vehicle, at) => {
    for (const { kind, index } of innerSteps(vehicle)) {
      if (kind === "reload") continue;
      const name = kind === "break" ? `${at} break ${index}` : `task ${index}`;
      if (planned.has(name))
        faults.push({ pointer: `/vehicles/${at}/steps`, message: `name a ${kind} that is planned twice` });
      planned.add(name);
    }
  });
}

function noteMatrixFaults(
  vehicle: VroomVehicle,
  pointer: string,
  matrices: ReadonlyMap<string, VroomMatrices>,
  faults: FieldFault[],
): void {
  const profile = matrices.get(vehicle.profile);
  if (profile === undefined) {
    faults.push({ pointer: `${pointer}/profile`, message: `"${vehicle.profile}" has no matrices` });
    return;
  }
  const needsDistances =
    vehicle.costs.perKm > 0 || Number.isFinite(vehicle.maxDistance) || vehicle.emissions !== undefined;
  if (needsDistances && profile.distances === undefined) {
    faults.push({
      pointer: `/matrices/${vehicle.profile}/distances`,
      message: "is required for per_km, max_distance and emissions",
    });
  }
  if (profile.costs !== undefined && (vehicle.costs.perHour !== 3600 || vehicle.costs.perKm !== 0)) {
    faults.push({ pointer: `${pointer}/costs`, message: "per_hour and per_km cannot stand beside a matrix of costs" });
  }
}

/** All amounts have one length, or are left out, which means zeros. */
export function noteDimensions(
  jobs: readonly VroomTask[],
  shipments: readonly (readonly VroomTask[])[],
  vehicles: readonly VroomVehicle[],
  faults: FieldFault[],
): number {
  const amounts = [
    ...vehicles.map(({ capacity }, at) => ({ list: capacity, pointer: `/vehicles/${at}/capacity` })),
    ...jobs.map(({ delivery }, at) => ({ list: delivery, pointer: `/jobs/${at}/delivery` })),
    ...jobs.map(({ pickup }, at) => ({ list: pickup, pointer: `/jobs/${at}/pickup` })),
    ...shipments.map(([half], at) => ({ list: half?.pickup ?? [], pointer: `/shipments/${at}/amount` })),
    ...vehicles.flatMap(({ breaks }, at) =>
      breaks.map(({ maxLoad }) => ({ list: maxLoad ?? [], pointer: `/vehicles/${at}/breaks` })),
    ),
  ].filter(({ list }) => list.length > 0);
  const count = amounts[0]?.list.length ?? 0;
  for (const { list, pointer } of amounts) {
    if (list.length !== count) faults.push({ pointer, message: `has ${list.length} amounts; others have ${count}` });
  }
  return count;
}
