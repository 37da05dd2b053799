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
  const sortedRows = byColumn.map((pair) => rows[pair]);
  const byRow = countingSortOrder(sortedRows, rowCount);

  const rowPtr = new Int32Array(rowCount + 1);
  const colIdx = new Int32Array(rows.length);
  let length = 0;
  let previousRow = -1;
  for (const at of byRow) {
    const pair = byColumn[at];
    const row = rows[pair];
    const col = cols[pair];
    if (row === previousRow && colIdx[length - 1] === col) continue;
    colIdx[length++] = col;
    rowPtr[row + 1]++;
    previousRow = row;
  }
  for (let row = 0; row < rowCount; row++) rowPtr[row + 1] += rowPtr[row];
  return { rowCount, colCount, rowPtr, colIdx: colIdx.slice(0, length) };
}

/** The same pairs seen from the columns: row c of the result lists the rows that touch column c. O(pairs). */
export function transposeIncidence(incidence: Incidence): Incidence {
  const { rowCount, colCount, rowPtr, colIdx } = incidence;
  const columnPtr = new Int32Array(colCount + 1);
  for (const col of colIdx) columnPtr[col + 1]++;
  for (let col = 0; col < colCount; col++) columnPtr[col + 1] += columnPtr[col];
  const next = columnPtr.slice(0, colCount);
  const rowIdx = new Int32Array(colIdx.length);
  for (let row = 0; row < rowCount; row++) {
    for (let at = rowPtr[row]; at < rowPtr[row + 1]; at++) rowIdx[next[colIdx[at]]++] = row;
  }
  return { rowCount: colCount, colCount: rowCount, rowPtr: columnPtr, colIdx: rowIdx };
}

/** Stable order of positions by key: `keys[order[0]] <= keys[order[1]] <= …`. */
function countingSortOrder(keys: Int32Array, keyCount: number): Int32Array {
  const next = new Int32Array(keyCount + 1);
  for (const key of keys) next[key + 1]++;
  for (let key = 0; key < keyCount; key++) next[key + 1] += next[key];
  const order = new Int32Array(keys.length);
  for (let i = 0; i < keys.length; i++) order[next[keys[i]]++] = i;
  return order;
}

function requireIndices(indices: Int32Array, bound: number, name: string): void {
  for (let i = 0; i < indices.length; i++) {
    if (indices[i] < 0 || indices[i] >= bound) {
      throw fail("ALGORITHM_INPUT_INVALID", `${name}[${i}] is ${indices[i]}; it must lie in [0, ${bound}).`);
    }
  }
}
