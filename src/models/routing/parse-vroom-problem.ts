import { fail, type AppError, type FieldFault } from "../../core/errors.ts";
import { createFieldReader, isEntry, type FieldReader } from "./field-reader.ts";
import { assumedSpeedKmh, measureGreatCircles } from "./great-circle.ts";
import { noteConflicts, noteDimensions, noteDuplicates } from "./note-conflicts.ts";
import { noteLocks } from "./note-locks.ts";
import { noteOrders } from "./note-orders.ts";
import { readMatrices } from "./read-matrices.ts";
import { readCoordinates, readIndices } from "./read-places.ts";
import { readPlanCosts } from "./read-plan-costs.ts";
import { readJob, readShipment } from "./read-task.ts";
import { readTraffic } from "./read-traffic.ts";
import { readVehicle, type FindTask } from "./read-vehicle.ts";
import type { VroomMatrices, VroomProblem, VroomVehicle } from "./vroom-problem.ts";

/** Sizes beyond which a problem is refused rather than searched badly. */
const MAX_JOBS = 5000;
const MAX_SHIPMENTS = 2500;
const MAX_VEHICLES = 1000;
/** Places without matrices: their squares are held in memory. */
const MAX_POINTS = 5000;
/** Routers that matrices may be said to come from (see fillMatrices). */
const MATRIX_SOURCES = ["osrm", "valhalla"] as const;

/** Ours, then those of VROOM's server; of these `c` alone means something here. */
const OPTIONS =
  "max_vehicles min_vehicles stability_cost reorder_cost balance matrix_source c g t x l geometry explore".split(" ");

/**
 * Reads a problem in VROOM's format. Throws `ROUTE_INPUT_INVALID` with every fault found (up to 50), each with the JSON
 * pointer of the field. Unknown fields are refused by name, never silently left out.
 */
export function parseVroomProblem(input: unknown): VroomProblem {
  return readProblem(input, measureGreatCircles);
}

/** Throws as `parseVroomProblem` does, at the cost of reading alone: nothing is measured between coordinates. */
export function validateVroomProblem(input: unknown): void {
  const unmeasured = new Float64Array(0);
  readProblem(input, () => ({ durations: unmeasured, distances: unmeasured, costs: undefined }));
}

function readProblem(input: unknown, measure: typeof measureGreatCircles): VroomProblem {
  const faults: FieldFault[] = [];
  if (!isEntry(input)) throw invalid([{ pointer: "", message: "must be an object with vehicles and jobs" }]);
  const root = createFieldReader(input, "", faults);
  root.refuseOthers(["vehicles", "jobs", "shipments", "matrices", "matrix", "options", "traffic"], []);

  const tables = root.has("matrices") ? root.raw("matrices") : oldMatrix(root);
  const given = tables === undefined ? undefined : readMatrices(tables, faults);
  const points: (readonly [number, number])[] = [];
  const places = given === undefined ? readCoordinates(points) : readIndices(given.nodeCount);

  const jobs = readList(root, "jobs", 0, MAX_JOBS, faults).map((reader) => readJob(reader, places));
  const halves = readList(root, "shipments", 0, MAX_SHIPMENTS, faults).map((reader) => readShipment(reader, places));
  const tasks = [...jobs, ...halves.flat()];
  const numbers = new Map(tasks.map(({ kind, id }, at) => [`${kind} ${id}`, at]));
  const findTask: FindTask = (kind, id) => numbers.get(`${kind} ${id}`) ?? -1;
  const vehicles = readList(root, "vehicles", 1, MAX_VEHICLES, faults).map((reader) =>
    readVehicle(reader, places, findTask),
  );
  const options = root.has("options") ? root.object("options") : undefined;
  options?.refuseOthers(OPTIONS, []);
  const maxVehicles = readMaxVehicles(options, vehicles);
  const minVehicles = readMinVehicles(options, vehicles, maxVehicles);
  const planCosts = readPlanCosts(options);
  const traffic = readTraffic(root, vehicles);
  if (points.length > MAX_POINTS) root.fault("jobs", `name more than ${MAX_POINTS} places; give matrices`);
  noteDuplicates(jobs, (at) => `/jobs/${at}`, "jobs", faults);
  for (const half of ["pickup", "delivery"] as const) {
    const ofKind = tasks.filter(({ kind }) => kind === half);
    noteDuplicates(ofKind, (at) => `/shipments/${at}/${half}`, `shipments' ${half} ids`, faults);
  }
  noteDuplicates(vehicles, (at) => `/vehicles/${at}`, "vehicles", faults);
  const dimensionCount = noteDimensions(jobs, halves, vehicles, faults);
  if (faults.length > 0) throw invalid(faults);
  noteOrders(jobs, faults);
  noteLocks(tasks, jobs.length, vehicles, faults);
  const matrices = given?.matrices ?? measureProfiles(vehicles, (profile) => measure(points, profile));
  noteConflicts(vehicles, matrices, faults);
  if (faults.length > 0) throw invalid(faults);

  const source = root.object("options")?.raw("matrix_source");
  const pad = (amounts: readonly number[]): number[] =>
    Array.from({ length: dimensionCount }, (_, d) => amounts[d] ?? 0);
  return {
    tasks: tasks.map((task) => ({ ...task, delivery: pad(task.delivery), pickup: pad(task.pickup) })),
    vehicles: vehicles.map((vehicle) => ({ ...vehicle, capacity: pad(vehicle.capacity) })),
    dimensionCount,
    nodeCount: given?.nodeCount ?? points.length,
    travelBasis: given === undefined ? "great-circle" : (MATRIX_SOURCES.find((name) => name === source) ?? "matrix"),
    matrices,
    isPlan: root.object("options")?.raw("c") === true,
    maxVehicles,
    minVehicles,
    planCosts,
    traffic,
  };
}

/** The limit on the number of routes; those that locked steps need must be within it. */
function readMaxVehicles(options: FieldReader | undefined, vehicles: readonly VroomVehicle[]): number {
  const most = options?.integer("max_vehicles", Number.POSITIVE_INFINITY, 1, 1e9) ?? Number.POSITIVE_INFINITY;
  const locked = vehicles.filter(({ lockedSteps }) => lockedSteps > 0).length;
  if (locked > most) options?.fault("max_vehicles", `is ${most}, but ${locked} vehicles have locked steps`);
  return most;
}

/** The least number of routes; it may ask for no more than there are vehicles, or may be used. */
function readMinVehicles(
  options: FieldReader | undefined,
  vehicles: readonly VroomVehicle[],
  most: number,
): number | undefined {
  if (options?.has("min_vehicles") !== true) return undefined;
  const least = options.integer("min_vehicles", 1, 1, 1e9);
  if (least > vehicles.length) options.fault("min_vehicles", `is ${least}, but there are ${vehicles.length} vehicles`);
  else if (least > most) options.fault("min_vehicles", `is ${least}, but max_vehicles is ${most}`);
  return least;
}

/** Tables a profile; profiles of the same speed share theirs. */
function measureProfiles(
  vehicles: readonly VroomVehicle[],
  measure: (profile: string) => VroomMatrices,
): Map<string, VroomMatrices> {
  const bySpeed = new Map<number, VroomMatrices>();
  return new Map(
    vehicles.map(({ profile }) => {
      const speed = assumedSpeedKmh(profile);
      const tables = bySpeed.get(speed) ?? measure(profile);
      bySpeed.set(speed, tables);
      return [profile, tables];
    }),
  );
}

/** VROOM's older name: one matrix of durations for the profile "car". */
function oldMatrix(root: FieldReader): unknown {
  return root.has("matrix") ? { car: { durations: root.raw("matrix") } } : undefined;
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
