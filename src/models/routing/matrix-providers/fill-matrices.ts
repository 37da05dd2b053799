import { isEntry } from "../field-reader.ts";
import { validateVroomProblem } from "../parse-vroom-problem.ts";
import type { MatrixProvider, Point } from "./matrix-provider.ts";

type Entry = Readonly<Record<string, unknown>>;

/** Fields of coordinates with the field of their matrix row beside them. */
const PLACE_FIELDS = [
  ["location", "location_index"],
  ["start", "start_index"],
  ["end", "end_index"],
] as const;

/**
 * A problem with coordinates alone, with the provider's matrices for each profile and the row of each place put in; any other
 * problem as it is. Equal coordinates share a row. `options.matrix_source` then says where the matrices came from.
 * Errors: those of `validateVroomProblem`, before anything is asked of the provider, and those of the provider.
 */
export async function fillMatrices(problem: unknown, provider: MatrixProvider): Promise<unknown> {
  if (!isEntry(problem) || problem["matrices"] !== undefined || problem["matrix"] !== undefined) return problem;
  validateVroomProblem(problem);
  const points: Point[] = [];
  const rows = new Map<string, number>();
  const place = (entry: Entry): Entry => {
    const indices = PLACE_FIELDS.flatMap(([field, index]) => {
      // Validated above: pairs of numbers.
      const point = entry[field] as Point | undefined;
      if (point === undefined) return [];
      const row = rows.get(point.join(" ")) ?? points.push(point) - 1;
      rows.set(point.join(" "), row);
      return [[index, row] as const];
    });
    return { ...entry, ...Object.fromEntries(indices) };
  };
  const list = (name: string): readonly Entry[] => (problem[name] ?? []) as readonly Entry[];
  const jobs = list("jobs").map(place);
  const shipments = list("shipments").map((shipment) => ({
    ...shipment,
    pickup: place(shipment["pickup"] as Entry),
    delivery: place(shipment["delivery"] as Entry),
  }));
  const vehicles = list("vehicles").map(place);
  const profiles = new Set(vehicles.map((vehicle) => (vehicle["profile"] ?? "car") as string));
  const matrices: Record<string, unknown> = {};
  for (const profile of profiles) matrices[profile] = await provider.measure(profile, points);
  const options = { ...(problem["options"] as Entry | undefined), matrix_source: provider.name };
  return { ...problem, jobs, shipments, vehicles, matrices, options };
}
