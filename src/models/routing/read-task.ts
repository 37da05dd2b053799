import { isEntry, type FieldReader } from "./field-reader.ts";
import type { Places } from "./read-places.ts";
import { LATEST, readWindows } from "./read-windows.ts";
import type { Place, VroomTask } from "./vroom-problem.ts";

export const MAX_SECONDS = 1e9;
export const MAX_COST = 1e9;

const STOP_FIELDS =
  "id description location location_index setup service setup_per_type service_per_type time_windows due late_cost_per_hour".split(
    " ",
  );
const JOB_FIELDS = [...STOP_FIELDS, "delivery", "pickup", "amount", "skills", "priority", "locked_vehicle", "after"];

/** What a job and either half of a shipment have in common. */
type Stop = Omit<
  VroomTask,
  "kind" | "delivery" | "pickup" | "skills" | "priority" | "lockedVehicle" | "maxRideTime" | "after"
>;

export function readJob(reader: FieldReader, places: Places): VroomTask {
  reader.refuseOthers(JOB_FIELDS, []);
  // VROOM's older name: an amount is a delivery where neither is given.
  const isOld = reader.has("amount") && !reader.has("delivery") && !reader.has("pickup");
  return {
    kind: "job",
    ...readStop(reader, places),
    delivery: reader.integers(isOld ? "amount" : "delivery"),
    pickup: reader.integers("pickup"),
    skills: reader.integers("skills"),
    priority: reader.integer("priority", 0, 0, 100),
    lockedVehicle: readLock(reader),
    maxRideTime: Number.POSITIVE_INFINITY,
    after: reader.integers("after"),
  };
}

/** The pickup and the delivery of a shipment, in this order; none where a half is missing. */
export function readShipment(reader: FieldReader, places: Places): VroomTask[] {
  reader.refuseOthers(["pickup", "delivery", "amount", "skills", "priority", "locked_vehicle", "max_ride_time"], []);
  const amount = reader.integers("amount");
  const nothing = amount.map(() => 0);
  const shared = {
    skills: reader.integers("skills"),
    priority: reader.integer("priority", 0, 0, 100),
    lockedVehicle: readLock(reader),
    maxRideTime: reader.number("max_ride_time", Number.POSITIVE_INFINITY, 0, MAX_SECONDS),
    after: [],
  };
  const halves = (["pickup", "delivery"] as const).map((kind): VroomTask | undefined => {
    if (!isEntry(reader.raw(kind))) {
      reader.fault(kind, "is required and must be an object");
      return undefined;
    }
    const half = reader.object(kind) as FieldReader;
    half.refuseOthers(STOP_FIELDS, []);
    const amounts = kind === "pickup" ? { pickup: amount, delivery: nothing } : { pickup: nothing, delivery: amount };
    return { kind, ...readStop(half, places), ...shared, ...amounts };
  });
  return halves.every((half) => half !== undefined) ? halves : [];
}

function readStop(reader: FieldReader, places: Places): Stop {
  const place = places.read(reader, "location", "location_index");
  if (place === undefined) reader.fault("location", "or location_index is required");
  const timeWindows = reader.has("time_windows") ? readWindows(reader, "time_windows", reader.raw("time_windows")) : [];
  return {
    id: readId(reader),
    description: reader.text("description"),
    place: place ?? { node: 0, location: undefined, locationIndex: undefined },
    setup: reader.number("setup", 0, 0, MAX_SECONDS),
    service: reader.number("service", 0, 0, MAX_SECONDS),
    setupPerType: readPerType(reader, "setup_per_type"),
    servicePerType: readPerType(reader, "service_per_type"),
    timeWindows,
    due: readDue(reader, timeWindows),
  };
}

/** A soft end of the time windows: within the last of them, with what an hour after it costs. */
function readDue(reader: FieldReader, timeWindows: VroomTask["timeWindows"]): VroomTask["due"] {
  const perHour = reader.number("late_cost_per_hour", 0, 0, MAX_COST);
  if (!reader.has("due")) {
    if (reader.has("late_cost_per_hour"))
      reader.fault("late_cost_per_hour", "needs due, the time from which it counts");
    return undefined;
  }
  const by = reader.integer("due", 0, 0, LATEST);
  const closes = timeWindows.at(-1)?.end ?? LATEST;
  if (by > closes) reader.fault("due", `is ${by}, after the last time window has closed at ${closes}`);
  return { by, perHour };
}

function readPerType(reader: FieldReader, field: string): Map<string, number> {
  const perType = new Map<string, number>();
  const table = reader.object(field);
  if (table === undefined) return perType;
  for (const type of Object.keys(reader.raw(field) as object)) perType.set(type, table.number(type, 0, 0, MAX_SECONDS));
  return perType;
}

function readLock(reader: FieldReader): number | undefined {
  return reader.has("locked_vehicle") ? reader.integer("locked_vehicle", 0, 0, Number.MAX_SAFE_INTEGER) : undefined;
}

export function readId(reader: FieldReader): number {
  if (!reader.has("id")) reader.fault("id", "is required");
  return reader.integer("id", -1, 0, Number.MAX_SAFE_INTEGER);
}

/** A place where a vehicle may reload: what is left out of a job's fields means nothing there. */
export function readReload(reader: FieldReader, places: Places): VroomTask {
  reader.refuseOthers(["id", "description", "location", "location_index", "service", "time_windows"], []);
  const { due: _due, ...stop } = readStop(reader, places);
  return { ...reloadAt(stop.place), ...stop };
}

/** A reload that takes no time, at any time. */
export function reloadAt(place: Place): VroomTask {
  return {
    kind: "reload",
    id: 0,
    description: undefined,
    place,
    setup: 0,
    service: 0,
    setupPerType: new Map(),
    servicePerType: new Map(),
    delivery: [],
    pickup: [],
    skills: [],
    priority: 0,
    timeWindows: [],
    lockedVehicle: undefined,
    maxRideTime: Number.POSITIVE_INFINITY,
    after: [],
    due: undefined,
  };
}
