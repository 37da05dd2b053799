/** A column of the staged file: its header name and the engine's type (VARCHAR but for Parquet). */
export interface StagedColumn {
  readonly name: string;
  readonly type: string;
}

/** Rows ready to be cast: a SELECT that yields `row_no` (1 = first record) and the columns. */
export interface StagedRows {
  readonly select: string;
  readonly columns: readonly StagedColumn[];
}
