/** Why a row may be refused. `sql` is true for a bad row; `{value}` in the message is the row's text. */
export interface Check {
  readonly code: FaultCode;
  /** Column of the table that the fault concerns. */
  readonly column: string;
  /** Header name in the file, where the value stands in one column. */
  readonly sourceColumn: string | null;
  readonly message: string;
  readonly sql: string;
}

export type FaultCode =
  | "VALUE_MISSING"
  | "VALUE_NOT_A_NUMBER"
  | "VALUE_NOT_A_DATE"
  | "VALUE_NOT_A_FLAG"
  | "VALUE_OUT_OF_RANGE"
  | "VALUE_TOO_LONG"
  | "VALUE_NOT_ALLOWED"
  | "CURRENCY_UNKNOWN"
  | "MARKET_UNKNOWN"
  | "POINTER_UNRESOLVED"
  | "LINE_MALFORMED"
  | "LINE_TOO_LONG"
  | "LINE_ENCODING";
