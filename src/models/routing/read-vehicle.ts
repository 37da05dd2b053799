import type { FieldReader } from "./field-reader.ts";
import type { Places } from "./read-places.ts";
import { MAX_COST, MAX_SECONDS, readId, readReload, reloadAt } from "./read-task.ts";
import { LATEST, readWindows } from "./read-windows.ts";
import type { VroomBreak, VroomPlanStep, VroomVehicle, Place, VroomTask } from "./vroom-problem.ts";

const MAX_TRIPS = 20;
const MAX_RELOAD_PLACES = 10;
const VEHICLE_FIELDS = (
  "id description profile type start start_index end end_index capacity skills time_window breaks costs speed_factor " +
  "max_tasks max_travel_time max_distance steps emissions max_duration locked_steps min_tasks max_trips reloads"
).split(" ");

/** Finds a task by the kind and id that a step names; −1 for none. */
export type FindTask = (kind: "job" | "pickup" | "delivery", id: number) => number;

export function readVehicle(reader: FieldReader, places: Places, findTask: FindTask): VroomVehicle {
  reader.refuseOthers(VEHICLE_FIELDS, []);
  const start = places.read(reader, "start", "start_index");
  const end = places.read(reader, "end", "end_index");
  if (start === undefined && end === undefined) reader.fault("start", "or end is required, by coordinates or by index");
  const window = reader.has("time_window")
    ? readWindows(reader, "time_window", [reader.raw("time_window")])
    : undefined;
  const costs = reader.object("costs");
  costs?.refuseOthers(["fixed", "per_hour", "per_km", "per_task_hour"], []);
  const cost = (field: string, fallback: number): number => costs?.number(field, fallback, 0, MAX_COST) ?? fallback;
  const speedFactor = reader.number("speed_factor", 1, 0, 5);
  if (speedFactor === 0) reader.fault("speed_factor", "must be above 0");
  const breaks = readBreaks(reader);
  const maxTrips = reader.integer("max_trips", 1, 1, MAX_TRIPS);
  const reloads = readReloads(reader, places, maxTrips, start);
  const steps = readSteps(reader, { breaks, reloads }, findTask);
  const planned = steps.filter(({ kind }) => kind === "job" || kind === "pickup" || kind === "delivery").length;
  const lockedSteps = reader.integer("locked_steps", 0, 0, 1e9);
  if (lockedSteps > planned) reader.fault("locked_steps", `is ${lockedSteps}, but steps name ${planned} tasks`);
  return {
    id: readId(reader),
    description: reader.text("description"),
    profile: reader.text("profile") ?? "car",
    type: reader.text("type") ?? "",
    start,
    end,
    capacity: reader.integers("capacity"),
    skills: reader.integers("skills"),
    timeWindow: window?.[0],
    breaks,
    costs: {
      fixed: cost("fixed", 0),
      perHour: cost("per_hour", 3600),
      perKm: cost("per_km", 0),
      perTaskHour: cost("per_task_hour", 0),
    },
    speedFactor,
    maxTasks: reader.integer("max_tasks", Number.POSITIVE_INFINITY, 0, 1e9),
    maxTravelTime: reader.number("max_travel_time", Number.POSITIVE_INFINITY, 0, MAX_SECONDS),
    maxDistance: reader.number("max_distance", Number.POSITIVE_INFINITY, 0, 1e12),
    emissions: reader.has("emissions") ? reader.number("emissions", 0, 0, 1e6) : undefined,
    maxDuration: reader.number("max_duration", Number.POSITIVE_INFINITY, 0, MAX_SECONDS),
    maxTrips,
    reloads,
    minTasks: reader.integer("min_tasks", 0, 0, 1e9),
    lockedSteps,
    steps,
  };
}

/** Breaks in the order of their first windows, the order in which they are taken. */
function readBreaks(reader: FieldReader): VroomBreak[] {
  const breaks = reader.objects("breaks").map((entry): VroomBreak => {
    entry.refuseOthers(["id", "description", "service", "time_windows", "max_load"], []);
    return {
      id: readId(entry),
      description: entry.text("description"),
      service: entry.number("service", 0, 0, MAX_SECONDS),
      timeWindows: entry.has("time_windows") ? readWindows(entry, "time_windows", entry.raw("time_windows")) : [],
      maxLoad: entry.has("max_load") ? entry.integers("max_load") : undefined,
    };
  });
  if (new Set(breaks.map(({ id }) => id)).size < breaks.length) reader.fault("breaks", "hold an id twice");
  const opens = ({ timeWindows: [first] }: VroomBreak): number => first?.start ?? 0;
  const closes = ({ timeWindows: [first] }: VroomBreak): number => first?.end ?? Number.POSITIVE_INFINITY;
  return breaks.sort((a, b) => opens(a) - opens(b) || Math.sign(closes(a) - closes(b)));
}

/** Where the vehicle may reload; its start where nothing is said. */
function readReloads(reader: FieldReader, places: Places, maxTrips: number, start: Place | undefined): VroomTask[] {
  const reloads = reader.objects("reloads").map((entry) => readReload(entry, places));
  if (new Set(reloads.map(({ id }) => id)).size < reloads.length) reader.fault("reloads", "hold an id twice");
  if (reloads.length > MAX_RELOAD_PLACES) reader.fault("reloads", `hold more than ${MAX_RELOAD_PLACES} places`);
  if (reloads.length > 0 && maxTrips === 1) reader.fault("max_trips", "must be above 1 where there are reloads");
  if (reloads.length > 0 || maxTrips === 1) return reloads;
  if (start === undefined) reader.fault("reloads", "are required where there is no start to reload at");
  return start === undefined ? [] : [reloadAt(start)];
}

function readSteps(
  reader: FieldReader,
  { breaks, reloads }: Pick<VroomVehicle, "breaks" | "reloads">,
  findTask: FindTask,
): VroomPlanStep[] {
  const steps = reader.objects("steps");
  return steps.flatMap((entry, at): VroomPlanStep[] => {
    const kind = entry.text("type");
    const time = (field: string): number | undefined =>
      entry.has(field) ? entry.number(field, 0, 0, LATEST) : undefined;
    const times = {
      serviceAt: time("service_at"),
      serviceAfter: time("service_after"),
      serviceBefore: time("service_before"),
    };
    if (kind === "start" || kind === "end") {
      if (at !== (kind === "start" ? 0 : steps.length - 1)) entry.fault("type", `a ${kind} may not stand here`);
      return [{ kind, index: -1, ...times }];
    }
    if (kind !== "job" && kind !== "pickup" && kind !== "delivery" && kind !== "break" && kind !== "reload") {
      entry.fault("type", "must be start, job, pickup, delivery, reload, break or end");
      return [];
    }
    const id = readId(entry);
    const own = kind === "break" ? breaks : reloads;
    const index = kind === "break" || kind === "reload" ? own.findIndex((one) => one.id === id) : findTask(kind, id);
    if (index >= 0) return [{ kind, index, ...times }];
    entry.fault("id", `${id} is no ${kind} of the problem`);
    return [];
  });
}

/** Steps without their start and end. */
export function innerSteps({ steps }: VroomVehicle): VroomPlanStep[] {
  return steps.filter(({ kind }) => kind !== "start" && kind !== "end");
}

/** The tasks that the steps name, by number, in their order. */
export function plannedTasks(vehicle: VroomVehicle): number[] {
  return innerSteps(vehicle).flatMap(({ kind, index }) => (kind === "break" || kind === "reload" ? [] : [index]));
}
