import { minorDigits, toMajor } from "../../core/money.ts";
import { DIMENSIONS } from "./mart-tables.ts";
import type { MetricCell, MetricColumn, MetricResult } from "./metric-result.ts";
import type { MetricCatalogue } from "./metric.ts";

const WORDS = {
  en: { previous: "previous", name: "name" },
  zh: { previous: "对比期", name: "名称" },
} as const;

/**
 * A result as RFC 4180 text, exactly the rows and columns shown: headings are labels with their currency or unit, money
 * is in major units, percentages are in hundredths, unknown values are empty. Text that a spreadsheet would take for a
 * formula gets an apostrophe in front.
 */
export function toCsv(result: MetricResult, catalogue: MetricCatalogue, language: "en" | "zh" = "en"): string {
  const heading = result.columns.map((column) => quote(guard(describeColumn(column, catalogue, language))));
  const lines = result.rows.map((row) =>
    row.map((cell, index) => writeCell(cell, result.columns[index] as MetricColumn)).join(","),
  );
  return [heading.join(","), ...lines, ""].join("\r\n");
}

function describeColumn(column: MetricColumn, catalogue: MetricCatalogue, language: "en" | "zh"): string {
  const words = WORDS[language];
  const [name = column.name, part] = column.name.split("__");
  const label = catalogue.metrics.get(name)?.label ?? DIMENSIONS.find((dimension) => dimension.name === name)?.label;
  const unit = column.currency ?? ({ percent: "%", days: "days", kg: "kg" } as Record<string, string>)[column.unit];
  const suffix = part === "previous" ? `, ${words.previous}` : part === "label" ? `, ${words.name}` : "";
  return `${label?.[language] ?? name}${suffix}${unit === undefined ? "" : ` (${unit})`}`;
}

function writeCell(cell: MetricCell, column: MetricColumn): string {
  if (cell === null) return "";
  if (typeof cell === "string") return quote(guard(cell));
  if (column.currency !== undefined) return toMajor(cell, column.currency).toFixed(minorDigits(column.currency));
  // Twelve digits: enough for any figure, too few to show the dust of binary fractions.
  return column.unit === "percent" ? String(Number((cell * 100).toPrecision(12))) : String(cell);
}

function guard(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
