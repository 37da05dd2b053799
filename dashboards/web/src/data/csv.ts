import type { TableModel } from "./table-model.ts";

/** A table as a CSV file (RFC 4180) with a byte order mark, without which spreadsheets misread non-Latin text. */
export function writeCsv(model: TableModel): string {
  const headings = model.columns.map((column) =>
    column.unit === undefined ? column.heading : `${column.heading} (${column.unit})`,
  );
  const rows = model.rows.map((row) =>
    row.map((cell, index) => (model.columns[index]?.isNumber === true ? cell.plain : defuse(cell.plain))),
  );
  return `\uFEFF${[headings, ...rows].map((row) => row.map(quote).join(",")).join("\r\n")}\r\n`;
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A text that a spreadsheet would run as a formula is kept as text. */
function defuse(text: string): string {
  return /^[=+\-@\t]/.test(text) ? `'${text}` : text;
}

/** Says page, card and window: `sales-geography_top-products_2011-09-11_2011-12-09.csv`. */
export function nameCsvFile(page: string, card: string, from: string | null, to: string | null): string {
  return `${[page, card, ...(from === null || to === null ? ["all"] : [from, to])].join("_")}.csv`;
}
