import {
  Dictionary,
  Int32,
  makeVector,
  Table,
  tableFromIPC,
  tableToIPC,
  Utf8,
  vectorFromArray,
  type Vector,
} from "apache-arrow";
import { fail } from "../core/errors.ts";

const MARK = "ARROW1";

export type ArrowColumn = Int32Array | Float64Array | Float32Array | readonly string[];

/** Columns of an Arrow file. A getter throws `MODEL_ARTEFACT_INVALID` for a missing column or one of another type. */
export interface ArrowColumns {
  readonly rowCount: number;
  has(name: string): boolean;
  int32(name: string): Int32Array;
  float64(name: string): Float64Array;
  float32(name: string): Float32Array;
  text(name: string): string[];
}

/**
 * An Arrow IPC file of equally long columns; texts are stored once each (dictionary). The same columns give the same
 * bytes, so that checksums tell whether an artefact changed.
 */
export function encodeArrow(columns: Readonly<Record<string, ArrowColumn>>): Uint8Array {
  const lengths = new Set(Object.values(columns).map((column) => column.length));
  if (lengths.size > 1) {
    throw fail("MODEL_ARTEFACT_INVALID", `Columns of one file must be equally long, not ${[...lengths].join(", ")}.`);
  }
  const vectors: Record<string, Vector> = {};
  // The id is stated since Arrow would otherwise number dictionaries through the life of the process.
  Object.entries(columns).forEach(([name, column], id) => {
    vectors[name] = isTyped(column)
      ? makeVector(column)
      : vectorFromArray(column, new Dictionary(new Utf8(), new Int32(), id));
  });
  return tableToIPC(new Table(vectors), "file");
}

/** Reads what `encodeArrow` wrote. Typed columns of a single batch are views on the bytes, not copies. */
export function decodeArrow(bytes: Uint8Array): ArrowColumns {
  const table = readTable(bytes);
  const find = (name: string): Vector => {
    const vector = table.getChild(name);
    if (vector === null) throw fail("MODEL_ARTEFACT_INVALID", `The artefact has no column "${name}".`);
    return vector;
  };
  const typed = <T>(name: string, type: abstract new (...args: never[]) => T): T => {
    const values: unknown = find(name).toArray();
    if (values instanceof type) return values;
    throw fail("MODEL_ARTEFACT_INVALID", `Column "${name}" of the artefact does not hold a ${type.name}.`);
  };
  return {
    rowCount: table.numRows,
    has: (name) => table.getChild(name) !== null,
    int32: (name) => typed(name, Int32Array),
    float64: (name) => typed(name, Float64Array),
    float32: (name) => typed(name, Float32Array),
    text: (name) => Array.from(find(name), String),
  };
}

function readTable(bytes: Uint8Array): Table {
  // Both ends carry the mark; a file that was cut short lacks the second.
  if (markAt(bytes, 0) !== MARK || markAt(bytes, bytes.length - MARK.length) !== MARK) {
    throw fail("MODEL_ARTEFACT_INVALID", "The artefact is not a whole Arrow file.");
  }
  try {
    return tableFromIPC(bytes);
  } catch (error) {
    throw fail("MODEL_ARTEFACT_INVALID", "The artefact is a damaged Arrow file.", { cause: error });
  }
}

function markAt(bytes: Uint8Array, from: number): string {
  return String.fromCharCode(...bytes.subarray(Math.max(0, from), Math.max(0, from) + MARK.length));
}

function isTyped(column: ArrowColumn): column is Int32Array | Float64Array | Float32Array {
  return ArrayBuffer.isView(column);
}
