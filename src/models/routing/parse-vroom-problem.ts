import type { TimeWindow } from "../../algorithms/routing/routing-problem.ts";
import { fail, type AppError, type FieldFault } from "../../core/errors.ts";
import { createFieldReader, isEntry, type FieldReader } from "./field-reader.ts";
import { measureGreatCircles } from "./great-circle.ts";
import { readMatrices } from "./read-matrices.ts";
import type { Place, VroomJob, VroomMatrices, VroomProblem, VroomVehicle } from "./vroom-problem.ts";

const MAX_JOBS = 100;
const MAX_VEHICLES = 20;
const MAX_SECONDS = 1e9;
const MAX_COST = 1e9;

/** Knows the nodes of a problem: matrix rows, or coordinates numbered as they come. */
interface Places {
  read(reader: FieldReader, coordinates: string, index: string): Place | undefined;
}

/**
 * Reads a problem in VROOM's format. Throws `ROUTE_INPUT_INVALID` with every fault found (up to 50), each with the JSON
 * pointer of the field. What VROOM knows and this solver does not is refused by name, never silently left out.
 */
export function parseVroomProblem(input: unknown): VroomProblem {
  const faults: FieldFault[] = [];
  if (!isEntry(input)) throw invalid([{ pointer: "", message: "must be an object with vehicles and jobs" }]);
  const root = createFieldReader(input, "", faults);
  root.refuseOthers(["vehicles", "jobs", "matrices"], ["shipments", "matrix", "options"]);

  const isMatrix = root.has("matrices");
  const given = isMatrix ? readMatrices(root.raw("matrices"), faults) : undefined;
  const points: (readonly [number, number])[] = [];
  const places = given === undefined ? readCoordinates(points) : readIndices(given.nodeCount);

  const jobs = readList(root, "jobs", 0, MAX_JOBS, faults).map((reader) => readJob(reader, places));
  const vehicles = readList(root, "vehicles", 1, MAX_VEHICLES, faults).map((reader) => readVehicle(reader, places));
  noteDuplicates(jobs, "jobs", faults);
  noteDuplicates(vehicles, "vehicles", faults);
  const matrices =
    given?.matrices ?? new Map(vehicles.map(({ profile }) => [profile, measureGreatCircles(points)] as const));
  vehicles.forEach((vehicle, at) => noteMatrixFaults(vehicle, `/vehicles/${at}`, matrices, faults));
  const dimensionCount = noteDimensions(jobs, vehicles, faults);
  if (faults.length > 0) throw invalid(faults);

  const pad = (amounts: readonly number[]): number[] =>
    Array.from({ length: dimensionCount }, (_, d) => amounts[d] ?? 0);
  return {
    jobs: jobs.map((job) => ({ ...job, delivery: pad(job.delivery), pickup: pad(job.pickup) })),
    vehicles: vehicles.map((vehicle) => ({ ...vehicle, capacity: pad(vehicle.capacity) })),
    dimensionCount,
    nodeCount: given?.nodeCount ?? points.length,
    travelBasis: isMatrix ? "matrix" : "great-circle",
    matrices,
  };
}

function invalid(faults: readonly FieldFault[]): AppError {
  const [first] = faults;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : "";
  return fail(
    "ROUTE_INPUT_INVALID",
    `${first?.pointer === "" ? "The problem" : String(first?.pointer)} ${String(first?.message)}${more}.`,
    {
      errors: faults.slice(0, 50),
    },
  );
}

function readList(root: FieldReader, field: string, low: number, high: number, faults: FieldFault[]): FieldReader[] {
  const value = root.raw(field) ?? [];
  if (!Array.isArray(value) || value.length < low || value.length > high) {
    root.fault(field, `must be a list of ${low} to ${high} entries`);
    return [];
  }
  return value.flatMap((entry: unknown, at) => {
    if (isEntry(entry)) return [createFieldReader(entry, `/${field}/${at}`, faults)];
    root.fault(`${field}/${at}`, "must be an object");
    return [];
  });
}

const JOB_FIELDS =
  "id description location location_index setup service delivery pickup skills priority time_windows".split(" ");

function readJob(reader: FieldReader, places: Places): VroomJob {
  reader.refuseOthers(JOB_FIELDS, ["amount", "setup_per_type", "service_per_type"]);
  const place = places.read(reader, "location", "location_index");
  if (place === undefined) reader.fault("location", "or location_index is required");
  const windows = reader.has("time_windows")
    ? readWindows(reader, "time_windows", reader.raw("time_windows"))
    : undefined;
  return {
    id: readId(reader),
    description: reader.text("description"),
    place: place ?? { node: 0, location: undefined, locationIndex: undefined },
    setup: reader.number("setup", 0, 0, MAX_SECONDS),
    service: reader.number("service", 0, 0, MAX_SECONDS),
    delivery: reader.integers("delivery"),
    pickup: reader.integers("pickup"),
    skills: reader.integers("skills"),
    priority: reader.integer("priority", 0, 0, 100),
    timeWindows: windows ?? [],
  };
}

const VEHICLE_FIELDS = (
  "id description profile start start_index end end_index capacity skills time_window costs speed_factor max_tasks " +
  "max_travel_time max_distance"
).split(" ");

function readVehicle(reader: FieldReader, places: Places): VroomVehicle {
  reader.refuseOthers(VEHICLE_FIELDS, ["breaks", "steps", "type"]);
  const start = places.read(reader, "start", "start_index");
  const end = places.read(reader, "end", "end_index");
  if (start === undefined && end === undefined) reader.fault("start", "or end is required, by coordinates or by index");
  const window = reader.has("time_window")
    ? readWindows(reader, "time_window", [reader.raw("time_window")])
    : undefined;
  const costs = reader.object("costs");
  costs?.refuseOthers(["fixed", "per_hour", "per_km"], ["per_task_hour"]);
  const speedFactor = reader.number("speed_factor", 1, 0, 5);
  if (speedFactor === 0) reader.fault("speed_factor", "must be above 0");
  return {
    id: readId(reader),
    description: reader.text("description"),
    profile: reader.text("profile") ?? "car",
    start,
    end,
    capacity: reader.integers("capacity"),
    skills: reader.integers("skills"),
    timeWindow: window?.[0],
    costs: {
      fixed: costs?.number("fixed", 0, 0, MAX_COST) ?? 0,
      perHour: costs?.number("per_hour", 3600, 0, MAX_COST) ?? 3600,
      perKm: costs?.number("per_km", 0, 0, MAX_COST) ?? 0,
    },
    speedFactor,
    maxTasks: reader.integer("max_tasks", Number.POSITIVE_INFINITY, 0, 1e9),
    maxTravelTime: reader.number("max_travel_time", Number.POSITIVE_INFINITY, 0, MAX_SECONDS),
    maxDistance: reader.number("max_distance", Number.POSITIVE_INFINITY, 0, 1e12),
  };
}

function readId(reader: FieldReader): number {
  if (!reader.has("id")) reader.fault("id", "is required");
  return reader.integer("id", -1, 0, Number.MAX_SAFE_INTEGER);
}

/** Windows ascending and apart, as VROOM demands. */
function readWindows(reader: FieldReader, field: string, value: unknown): TimeWindow[] {
  const accepted = "must be pairs [start, end] in seconds, ascending and apart";
  if (!Array.isArray(value) || value.length === 0) {
    reader.fault(field, accepted);
    return [];
  }
  const windows: TimeWindow[] = [];
  for (const pair of value as unknown[]) {
    const [start, end] = Array.isArray(pair) && pair.length === 2 ? (pair as unknown[]) : [];
    const previousEnd = windows[windows.length - 1]?.end ?? -1;
    const isUsable =
      typeof start === "number" && typeof end === "number" && start > previousEnd && start <= end && end <= 1e11;
    if (!isUsable) {
      reader.fault(field, accepted);
      return [];
    }
    windows.push({ start, end });
  }
  return windows;
}

function readIndices(nodeCount: number): Places {
  return {
    read: (reader, coordinates, index) => {
      const location = reader.has(coordinates) ? readPoint(reader, coordinates) : undefined;
      if (!reader.has(index)) {
        if (location !== undefined) reader.fault(index, "is required beside matrices");
        return location === undefined ? undefined : { node: 0, location, locationIndex: undefined };
      }
      const node = reader.integer(index, 0, 0, Math.max(0, nodeCount - 1));
      return { node, location, locationIndex: node };
    },
  };
}

function readCoordinates(points: (readonly [number, number])[]): Places {
  return {
    read: (reader, coordinates, index) => {
      if (reader.has(index)) reader.fault(index, "needs matrices; give coordinates or matrices");
      const location = reader.has(coordinates) ? readPoint(reader, coordinates) : undefined;
      if (location === undefined) return undefined;
      const known = points.findIndex(([longitude, latitude]) => longitude === location[0] && latitude === location[1]);
      return { node: known >= 0 ? known : points.push(location) - 1, location, locationIndex: undefined };
    },
  };
}

function readPoint(reader: FieldReader, field: string): readonly [number, number] | undefined {
  const value = reader.raw(field);
  const [longitude, latitude] = Array.isArray(value) && value.length === 2 ? (value as unknown[]) : [];
  if (
    typeof longitude === "number" &&
    typeof latitude === "number" &&
    Math.abs(longitude) <= 180 &&
    Math.abs(latitude) <= 90
  ) {
    return [longitude, latitude];
  }
  reader.fault(field, "must be [longitude, latitude] in degrees");
  return undefined;
}

function noteDuplicates(entries: readonly { readonly id: number }[], field: string, faults: FieldFault[]): void {
  const seen = new Set<number>();
  entries.forEach(({ id }, at) => {
    if (seen.has(id))
      faults.push({ pointer: `/${field}/${at}/id`, message: `${id} is taken by another of the ${field}` });
    seen.add(id);
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
  const needsDistances = vehicle.costs.perKm > 0 || Number.isFinite(vehicle.maxDistance);
  if (needsDistances && profile.distances === undefined) {
    faults.push({
      pointer: `/matrices/${vehicle.profile}/distances`,
      message: "is required for per_km and max_distance",
    });
  }
  if (profile.costs !== undefined && (vehicle.costs.perHour !== 3600 || vehicle.costs.perKm !== 0)) {
    faults.push({ pointer: `${pointer}/costs`, message: "per_hour and per_km cannot stand beside a matrix of costs" });
  }
}

/** All amounts have one length, or are left out, which means zeros. */
function noteDimensions(jobs: readonly VroomJob[], vehicles: readonly VroomVehicle[], faults: FieldFault[]): number {
  const amounts = [
    ...vehicles.map(({ capacity }, at) => ({ list: capacity, pointer: `/vehicles/${at}/capacity` })),
    ...jobs.map(({ delivery }, at) => ({ list: delivery, pointer: `/jobs/${at}/delivery` })),
    ...jobs.map(({ pickup }, at) => ({ list: pickup, pointer: `/jobs/${at}/pickup` })),
  ].filter(({ list }) => list.length > 0);
  const count = amounts[0]?.list.length ?? 0;
  for (const { list, pointer } of amounts) {
    if (list.length !== count) faults.push({ pointer, message: `has ${list.length} amounts; others have ${count}` });
  }
  return count;
}
