import type { Rule } from "./contract.ts";

/** Where a field's value comes from and how it is written there. */
export interface FieldSource {
  /** Header names, the first that the file has is taken. Empty where `value` is given. */
  readonly from: readonly string[];
  /** A constant instead of a column. */
  readonly value?: string;
  /** Ways a date is written, tried in order: iso, iso-offset, epoch-s, epoch-ms, epoch-us, or a strptime pattern. */
  readonly formats?: readonly string[];
  /** Texts that mean "no value" here. */
  readonly none?: readonly string[];
  /** A regular expression whose matches are removed before reading. */
  readonly strip?: string;
  /** Numbers written as 1.234,56. */
  readonly decimalComma?: boolean;
  /** Factor from the file's unit to the table's, e.g. kg → g. */
  readonly times?: number;
  /** Text → text; what is not listed becomes `otherwise`, or stays when there is none. */
  readonly values?: Readonly<Record<string, string>>;
  readonly otherwise?: string;
}

/** Wide columns to rows: one row for each column that is not kept and not empty. */
export interface Unpivot {
  readonly keep: readonly string[];
  readonly name: string;
  readonly value: string;
  readonly skip: readonly string[];
}

/** A measure that some rows only point at: the pointed row's total is shared among the rows that point there. */
export interface Allocation {
  readonly column: string;
  readonly basis: string;
  readonly from: string;
  /** Regular expression with one group: the id of the row pointed at. */
  readonly pointer: string;
  readonly pointsAt: string;
  /** Field whose value sets each row's share. */
  readonly shareBy: string;
  /** Texts that say why there is no number → basis. */
  readonly texts: Readonly<Record<string, string>>;
}

export interface DatasetMapping {
  readonly fields: Readonly<Record<string, FieldSource>>;
  readonly rules: Readonly<Record<string, readonly Rule[]>>;
  /** Lines are recognised by these fields, whatever the contract says; a missing id is made from the content. */
  readonly content?: readonly string[];
  /** Column that gets an id made from the content. */
  readonly generatedId?: string;
  readonly unpivot?: Unpivot;
  readonly allocations: readonly Allocation[];
  /** Columns that only the first line of a group states, copied to the others. */
  readonly fillWithin?: { readonly by: string; readonly columns: readonly string[] };
}

export interface SourceStore {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly platform?: string;
  readonly sellerKind?: string;
  readonly tradeKind?: string;
  readonly homeMarket?: string;
}

/** How one system's exports map to contracts, read from `sources/<source>.yaml`. */
export interface SourceMapping {
  readonly source: string;
  readonly title: string;
  readonly file: string;
  readonly store?: SourceStore;
  readonly delimiter: string;
  /** Fields without a mapping are found by their own names in the file. */
  readonly byName: boolean;
  readonly datasets: Readonly<Record<string, DatasetMapping>>;
  readonly digest: string;
}
