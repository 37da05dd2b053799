/** What a value is. `money` is a major-unit number in the file and a minor-unit BIGINT in the table. */
export type ColumnType =
  | "text"
  | "integer"
  | "decimal"
  | "number"
  | "boolean"
  | "date"
  | "timestamp"
  | "market"
  | "currency"
  | "money";

/** One test of a rule; every given part must hold. Fields are named by the contract's input fields. */
export interface Condition {
  readonly in?: readonly string[];
  readonly startsWith?: string;
  readonly matches?: string;
  readonly below?: number;
  readonly present?: boolean;
}

/** Sets a text when all its conditions hold; the first rule that fits wins. */
export interface Rule {
  readonly set: string;
  readonly when: Readonly<Record<string, Condition>>;
}

export interface ContractColumn {
  /** Column of the target table. */
  readonly name: string;
  readonly type: ColumnType;
  /** What the source calls it in its `fields`; by default the column's name (money: without `_minor`). */
  readonly field: string;
  /** Further header names under which the generic source finds it. */
  readonly accept: readonly string[];
  readonly required: boolean;
  /** Inclusive bounds: numbers, ISO days, `today` or `today+N`. */
  readonly min?: string | number;
  readonly max?: string | number;
  /** Rows that may break the bounds, e.g. negative prices of adjustments. */
  readonly boundsExcept?: Readonly<Record<string, readonly string[]>>;
  readonly maxLength?: number;
  readonly allowed?: readonly string[];
  /** Value where the file has none. */
  readonly otherwise?: string | number | boolean;
  readonly rules?: readonly Rule[];
  /** Computed from other fields: the local day of a timestamp, or a product of two fields as money. */
  readonly derive?: { readonly localDayOf: string } | { readonly product: readonly [string, string] };
}

/** How a line is recognised when it comes again: by all its content, or by a key whose newest version wins. */
export type Identity =
  | { readonly kind: "content"; readonly fields: readonly string[] }
  | { readonly kind: "key"; readonly columns: readonly string[]; readonly version?: string };

/** Everything that must hold for the rows of one dataset, read from `contracts/<dataset>.yaml`. */
export interface Contract {
  readonly dataset: string;
  readonly title: string;
  readonly table: string;
  readonly columns: readonly ContractColumn[];
  readonly identity: Identity;
  /** Two fields whose exact Σ a × b over all rows of a file is reported. */
  readonly controlTotal?: readonly [string, string];
  /** Digest of the file's text: a changed contract is another version. */
  readonly digest: string;
}
