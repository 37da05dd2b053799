import { fail } from "../../core/errors.ts";

/**
 * Who touched what, without values: row r holds the columns `colIdx[rowPtr[r] .. rowPtr[r + 1])`, ascending and
 * without repeats. Rows are baskets or customers, columns are items.
 */
export interface Incidence {
  readonly rowCount: number;
  readonly colCount: number;
  /** Length rowCount + 1. */
  readonly rowPtr: Int32Array;
  readonly colIdx: Int32Array;
}

/**
 * Builds an incidence from pairs in any order; a repeated pair counts once.
 *
 * Input: equally long `rows` in [0, rowCount) and `cols` in [0, colCount). Output: rows with ascending columns.
 * Time O(pairs + rowCount + colCount) by two counting sorts, memory O(pairs).
 * Errors: `ALGORITHM_INPUT_INVALID` for unequal lengths or an index outside its range.
 */
export function buildIncidence(rows: Int32Array, cols: Int32Array, rowCount: number, colCount: number): Incidence {
  if (rows.length !== cols.length) {
    throw fail("ALGORITHM_INPUT_INVALID", `${rows.length} rows but ${cols.length} columns; give one of each a pair.`);
  }
  requireIndices(rows, rowCount, "rows");
  requireIndices(cols, colCount, "cols");
  // Sorting by column first and then, stably, by row leaves the columns of each row ascending.
  const byColumn = countingSortOrder(cols, colCount);
  const next = startsOf(rows, rowCount);
  const sorted = new Int32Array(rows.length);
  for (let i = 0; i < byColumn.length; i++) {
    const pair = byColumn[i];
    sorted[next[rows[pair]]++] = cols[pair];
  }

  // A repeated pair stands beside the first; `next` has come to the ends of the rows.
  const rowPtr = new Int32Array(rowCount + 1);
  let length = 0;
  for (let row = 0, at = 0; row < rowCount; row++) {
    const first = length;
    for (; at < next[row]; at++)
      if (length === first || sorted[length - 1] !== sorted[at]) sorted[length++] = sorted[at];
    rowPtr[row + 1] = length;
  }
  return { rowCount, colCount, rowPtr, colIdx: sorted.slice(0, length) };
}

/** The same pairs seen from the columns: row c of the result lists the rows that touch column c. O(pairs). */
export function transposeIncidence(incidence: Incidence): Incidence {
  const { rowCount, colCount, rowPtr, colIdx } = incidence;
  const columnPtr = startsOf(colIdx, colCount);
  const next = columnPtr.slice(0, colCount);
  const rowIdx = new Int32Array(colIdx.length);
  for (let row = 0; row < rowCount; row++) {
    for (let at = rowPtr[row]; at < rowPtr[row + 1]; at++) rowIdx[next[colIdx[at]]++] = row;
  }
  return { rowCount: colCount, colCount: rowCount, rowPtr: columnPtr, colIdx: rowIdx };
}

/** Where each key starts once all are in order; one cell more than keys. */
function startsOf(keys: Int32Array, keyCount: number): Int32Array {
  const starts = new Int32Array(keyCount + 1);
  for (let i = 0; i < keys.length; i++) starts[keys[i] + 1]++;
  for (let key = 0; key < keyCount; key++) starts[key + 1] += starts[key];
  return starts;
}

/** Stable order of positions by key: `keys[order[0]] <= keys[order[1]] <= …`. */
export function countingSortOrder(keys: Int32Array, keyCount: number): Int32Array {
  const next = startsOf(keys, keyCount);
  const order = new Int32Array(keys.length);
  for (let i = 0; i < keys.length; i++) order[next[keys[i]]++] = i;
  return order;
}

/** Error: `ALGORITHM_INPUT_INVALID` for an index outside [0, bound). */
export function requireIndices(indices: Int32Array, bound: number, name: string): void {
  for (let i = 0; i < indices.length; i++) {
    if (indices[i] < 0 || indices[i] >= bound) {
      throw fail("ALGORITHM_INPUT_INVALID", `${name}[${i}] is ${indices[i]}; it must lie in [0, ${bound}).`);
    }
  }
}
