import type { FieldFault } from "../../core/errors.ts";
import { createFieldReader, isEntry } from "./field-reader.ts";
import type { VroomMatrices } from "./vroom-problem.ts";

/** Nodes of a matrix at most; every job and vehicle end can have its own many times over. */
const MAX_NODES = 5000;

/** Reads `matrices`: per profile square tables of durations and, where given, distances and costs, all of one size. */
export function readMatrices(
  value: unknown,
  faults: FieldFault[],
): { readonly matrices: Map<string, VroomMatrices>; readonly nodeCount: number } {
  const matrices = new Map<string, VroomMatrices>();
  if (!isEntry(value)) {
    faults.push({
      pointer: "/matrices",
      message: 'must be an object of profiles such as {"car": {"durations": [[0]]}}',
    });
    return { matrices, nodeCount: 0 };
  }
  let nodeCount = 0;
  for (const [profile, tables] of Object.entries(value)) {
    const pointer = `/matrices/${profile}`;
    if (!isEntry(tables)) {
      faults.push({ pointer, message: "must be an object with durations" });
      continue;
    }
    createFieldReader(tables, pointer, faults).refuseOthers(["durations", "distances", "costs"], []);
    const read = (name: string): Float64Array | undefined => {
      const table = readSquare(tables[name], `${pointer}/${name}`, faults);
      if (table !== undefined && nodeCount === 0) nodeCount = table.size;
      if (table !== undefined && table.size !== nodeCount) {
        faults.push({
          pointer: `${pointer}/${name}`,
          message: `has ${table.size} rows; other matrices have ${nodeCount}`,
        });
      }
      return table?.cells;
    };
    const durations = read("durations");
    if (durations === undefined) {
      if (tables["durations"] === undefined) faults.push({ pointer: `${pointer}/durations`, message: "is required" });
      continue;
    }
    matrices.set(profile, { durations, distances: read("distances"), costs: read("costs") });
  }
  return { matrices, nodeCount };
}

/** A table with a fault keeps its size, by which other fields are judged. */
function readSquare(
  value: unknown,
  pointer: string,
  faults: FieldFault[],
): { readonly size: number; readonly cells: Float64Array } | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_NODES) {
    faults.push({ pointer, message: `must be a square table of 1 to ${MAX_NODES} rows` });
    return undefined;
  }
  const size = value.length;
  const cells = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    const line: unknown = value[row];
    if (!Array.isArray(line) || line.length !== size) {
      faults.push({ pointer: `${pointer}/${row}`, message: `must have ${size} numbers, as many as there are rows` });
      return { size, cells };
    }
    for (let column = 0; column < size; column++) {
      const cell: unknown = line[column];
      if (typeof cell !== "number" || !(cell >= 0) || !(cell <= 1e9)) {
        faults.push({ pointer: `${pointer}/${row}/${column}`, message: "must be a number from 0 to 1000000000" });
        return { size, cells };
      }
      cells[row * size + column] = cell;
    }
  }
  return { size, cells };
}
