import {
  DuckDBBigIntVector,
  DuckDBDoubleVector,
  DuckDBFloatVector,
  DuckDBIntegerVector,
  DuckDBSmallIntVector,
  DuckDBTinyIntVector,
  DuckDBUIntegerVector,
  DuckDBUSmallIntVector,
  DuckDBUTinyIntVector,
  type DuckDBVector,
} from "@duckdb/node-api";

type Numbers =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** Numbers of one chunk of a column, copied out of the engine's memory. What stands in a NULL's place means nothing. */
export interface NumberPart {
  readonly numbers: Numbers;
  /** Rows that are NULL, ascending. */
  readonly nulls: readonly number[];
}

/** What the driver's vectors hold, though it declares it private: values in machine form and a bit a row, or none. */
interface VectorContent<T> {
  readonly items: T;
  readonly validity: { readonly data: BigUint64Array | null; itemValid(row: number): boolean };
}

const PLAIN_VECTORS = [
  DuckDBIntegerVector,
  DuckDBDoubleVector,
  DuckDBFloatVector,
  DuckDBSmallIntVector,
  DuckDBTinyIntVector,
  DuckDBUIntegerVector,
  DuckDBUSmallIntVector,
  DuckDBUTinyIntVector,
] as const;

/**
 * Copies a vector of machine numbers; undefined for any other type, and for 64-bit integers beyond 2^53.
 * Costs a seventh of asking the driver value by value.
 */
export function copyNumbers(vector: DuckDBVector): NumberPart | undefined {
  if (PLAIN_VECTORS.some((type) => vector instanceof type)) {
    // The class was checked; its fields are private in the declarations only.
    const { items, validity } = vector as unknown as VectorContent<Numbers>;
    return { numbers: items.slice(), nulls: findNulls(validity, items.length) };
  }
  if (vector instanceof DuckDBBigIntVector) {
    // As above.
    const { items, validity } = vector as unknown as VectorContent<BigInt64Array>;
    const numbers = toFloat64(items);
    return numbers && { numbers, nulls: findNulls(validity, items.length) };
  }
  return undefined;
}

function findNulls(validity: VectorContent<unknown>["validity"], count: number): readonly number[] {
  if (validity.data === null) return [];
  const nulls: number[] = [];
  for (let row = 0; row < count; row++) if (!validity.itemValid(row)) nulls.push(row);
  return nulls;
}

/** By 32-bit halves, which spares a BigInt a value; undefined where a value would be rounded. */
function toFloat64(items: BigInt64Array): Float64Array | undefined {
  const halves = new Int32Array(items.buffer, items.byteOffset, items.length * 2);
  const numbers = new Float64Array(items.length);
  for (let row = 0; row < numbers.length; row++) {
    const low = (halves[2 * row] as number) >>> 0;
    const number = (halves[2 * row + 1] as number) * 4_294_967_296 + low;
    if (!Number.isSafeInteger(number)) return undefined;
    numbers[row] = number;
  }
  return numbers;
}
