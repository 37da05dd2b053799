import type { MetricCell, MetricColumn, MetricResult } from "../api-types.ts";
import { describeDimension } from "../text/describe-dimension.ts";
import { chooseRoom, DASH, formatValue, minorDigits, toShownNumber } from "../text/format.ts";
import { translate, type Language } from "../text/messages.ts";
import type { CatalogueWords } from "./catalogue-words.ts";

export interface TableColumn {
  readonly key: string;
  readonly heading: string;
  /** Unit or currency, apart from the heading's words. */
  readonly unit?: string;
  readonly isNumber: boolean;
}

export interface TableCell {
  /** As shown. */
  readonly text: string;
  /** As a file keeps it: plain numbers in shown units, ISO days; empty where there is no value. */
  readonly plain: string;
  /** What sorting compares. */
  readonly sortBy: MetricCell;
}

/** A card's numbers as rows and columns: the table a reader sees and the file a reader downloads are both made of it. */
export interface TableModel {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly TableCell[])[];
}

interface ColumnReader {
  readonly column: TableColumn;
  readonly read: (row: readonly MetricCell[]) => TableCell;
}

export function buildTableModel(result: MetricResult, words: CatalogueWords, language: Language): TableModel {
  const readers = result.columns.flatMap((column, index) => {
    if (column.kind === "label") return [];
    return column.kind === "dimension"
      ? dimensionReaders(result, column, index, words, language)
      : [metricReader(result, column, index, words, language)];
  });
  return {
    columns: readers.map((reader) => reader.column),
    rows: result.rows.map((row) => readers.map((reader) => reader.read(row))),
  };
}

/** A row's value of the dimension at `index`, in words: by the label beside it, else by the catalogue. */
export function nameRow(
  result: MetricResult,
  row: readonly MetricCell[],
  index: number,
  words: CatalogueWords,
  language: Language,
): string {
  const column = result.columns[index];
  const value = row[index] ?? null;
  if (column === undefined) return DASH;
  const label = result.columns[index + 1]?.kind === "label" ? row[index + 1] : undefined;
  return describeDimension(column, value, label ?? words.value(column.name, String(value)), language);
}

function dimensionReaders(
  result: MetricResult,
  column: MetricColumn,
  index: number,
  words: CatalogueWords,
  language: Language,
): ColumnReader[] {
  const isDay = column.unit === "day" || column.unit === "week" || column.unit === "month";
  const name: ColumnReader = {
    column: { key: column.name, heading: words.dimension(column.name), isNumber: false },
    read: (row) => {
      const value = row[index] ?? null;
      const text = nameRow(result, row, index, words, language);
      const keepsOrder = isDay || column.unit === "number";
      return { text, plain: isDay ? String(value ?? "") : text, sortBy: keepsOrder ? value : text };
    },
  };
  if (column.name !== "product") return [name];
  // A product's title may be shared or change; its code tells which one it is.
  const code: ColumnReader = {
    column: { key: `${column.name}__code`, heading: translate(language, "table.code"), isNumber: false },
    read: (row) => {
      const text = String(row[index] ?? "");
      return { text, plain: text, sortBy: text };
    },
  };
  return [name, code];
}

function metricReader(
  result: MetricResult,
  column: MetricColumn,
  index: number,
  words: CatalogueWords,
  language: Language,
): ColumnReader {
  const room = chooseRoom(
    result.rows.map((row) => row[index]),
    column,
  );
  const isBefore = column.kind === "comparison";
  const metric = words.metric(column.name.replace(/__previous$/, ""));
  const unit = unitWord(column, language);
  return {
    column: {
      key: column.name,
      heading: isBefore ? translate(language, "table.before", { metric }) : metric,
      ...(unit === undefined ? {} : { unit }),
      isNumber: true,
    },
    read: (row) => {
      const value = row[index] ?? null;
      return { text: formatValue(value, column, language, room), plain: plainNumber(value, column), sortBy: value };
    },
  };
}

/** What stands beside a heading: the currency, or a unit that the numbers do not carry themselves. */
export function unitWord(column: Pick<MetricColumn, "unit" | "currency">, language: Language): string | undefined {
  if (column.unit === "money") return column.currency;
  if (column.unit === "percent" || column.unit === "kg" || column.unit === "days") {
    return translate(language, `unit.${column.unit}`);
  }
  return undefined;
}

function plainNumber(value: MetricCell, column: MetricColumn): string {
  if (typeof value !== "number") return value ?? "";
  const shown = toShownNumber(value, column);
  if (column.unit === "money" && column.currency !== undefined) return shown.toFixed(minorDigits(column.currency));
  return String(Number(shown.toPrecision(12)));
}

/** Rows in the order of one column; no value comes last in both directions, equal rows keep their order. */
export function sortRows(
  model: TableModel,
  columnIndex: number,
  direction: "asc" | "desc",
  language: Language,
): TableModel["rows"] {
  const sign = direction === "asc" ? 1 : -1;
  const collator = new Intl.Collator(language, { numeric: true });
  return model.rows.toSorted((left, right) => {
    const a = left[columnIndex]?.sortBy ?? null;
    const b = right[columnIndex]?.sortBy ?? null;
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    if (typeof a === "number" && typeof b === "number") return sign * (a - b);
    return sign * collator.compare(String(a), String(b));
  });
}
