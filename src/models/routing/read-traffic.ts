import type { FieldReader } from "./field-reader.ts";
import type { TrafficPeriod, VroomVehicle } from "./vroom-problem.ts";

export const DAY_SECONDS = 86_400;
const MAX_PERIODS = 96;
const SLOWEST = 10;

/**
 * Reads `traffic`: by profile, the periods of the day in which travel takes longer or shorter. Ascending and apart; those that change
 * nothing are left out.
 */
export function readTraffic(root: FieldReader, vehicles: readonly VroomVehicle[]): Map<string, TrafficPeriod[]> {
  const traffic = new Map<string, TrafficPeriod[]>();
  const table = root.object("traffic");
  if (table === undefined) return traffic;
  for (const profile of Object.keys(root.raw("traffic") as object)) {
    if (!vehicles.some((vehicle) => vehicle.profile === profile)) table.fault(profile, "is the profile of no vehicle");
    const entries = table.objects(profile);
    if (entries.length > MAX_PERIODS) table.fault(profile, `has ${entries.length} periods of ${MAX_PERIODS}`);
    const periods = entries.slice(0, MAX_PERIODS).map(readPeriod);
    periods.sort((a, b) => a.from - b.from);
    if (periods.some(({ from }, at) => at > 0 && from < (periods[at - 1] as TrafficPeriod).to))
      table.fault(profile, "has periods that overlap");
    const telling = periods.filter(({ factor }) => factor !== 1);
    if (telling.length > 0) traffic.set(profile, telling);
  }
  return traffic;
}

function readPeriod(entry: FieldReader): TrafficPeriod {
  entry.refuseOthers(["from", "to", "factor"], []);
  for (const field of ["from", "to", "factor"]) if (!entry.has(field)) entry.fault(field, "is required");
  const from = entry.integer("from", 0, 0, DAY_SECONDS);
  const to = entry.integer("to", DAY_SECONDS, 0, DAY_SECONDS);
  if (to <= from) entry.fault("to", `must be after from, ${from}`);
  return { from, to, factor: entry.number("factor", 1, 1 / SLOWEST, SLOWEST) };
}
