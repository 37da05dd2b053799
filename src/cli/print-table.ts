export interface TableColumn<Row> {
  readonly title: string;
  readonly value: (row: Row) => string | number | null;
}

/** Rows under their titles, numbers to the right with thousands separated, null as a dash. Ends with a line break. */
export function renderTable<Row>(rows: readonly Row[], columns: readonly TableColumn<Row>[]): string {
  const cells = rows.map((row) => columns.map((column) => renderCell(column.value(row))));
  const isNumeric = columns.map((column) => rows.some((row) => typeof column.value(row) === "number"));
  const titles = columns.map((column) => column.title);
  const widths = columns.map((_, i) => Math.max(...[titles, ...cells].map((line) => line[i]?.length ?? 0)));
  const renderLine = (line: readonly string[]): string =>
    line
      .map((cell, i) => (isNumeric[i] === true ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join("  ")
      .trimEnd();
  return `${[titles, ...cells].map(renderLine).join("\n")}\n`;
}

function renderCell(value: string | number | null): string {
  if (value === null) return "–";
  return typeof value === "number" ? value.toLocaleString("en-US") : value;
}
