import type { IsoDate, MetricCell, MetricColumn } from "../api-types.ts";
import type { Language } from "./messages.ts";

/** Locales whose formats fit the catalogues; British English because dates then read day, month, year. */
export const LOCALES: Readonly<Record<Language, string>> = { en: "en-GB", zh: "zh-CN" };

export const DASH = "—";

/**
 * How a number is written: `full` by itself, `compact` on the ticks of an axis, `whole` beside others of its column
 * that are too large for pence.
 */
export type NumberRoom = "full" | "compact" | "whole";

/** From here on money is written without its minor units: pence matter in an order value, not in a year's sales. */
const LARGE_MONEY = 10_000;

/** One way of writing for all values of a column, so that they align. */
export function chooseRoom(
  values: readonly (MetricCell | undefined)[],
  column: Pick<MetricColumn, "unit" | "currency">,
): NumberRoom {
  const isLarge = (value: MetricCell | undefined): boolean =>
    typeof value === "number" && Math.abs(toShownNumber(value, column)) >= LARGE_MONEY;
  return column.unit === "money" && values.some(isLarge) ? "whole" : "full";
}

const formatters = new Map<string, Intl.NumberFormat>();

function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  let format = formatters.get(key);
  if (format === undefined) formatters.set(key, (format = new Intl.NumberFormat(LOCALES[language], options)));
  return format;
}

/** Decimal digits of a currency's minor unit: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  return numberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** A cell of a metric column as a plain number in the unit it is shown in: major units of money, percent as 0–100. */
export function toShownNumber(value: number, column: Pick<MetricColumn, "unit" | "currency">): number {
  if (column.unit === "money" && column.currency !== undefined) return value / 10 ** minorDigits(column.currency);
  return column.unit === "percent" ? value * 100 : value;
}

/** A metric's value in words of the language; a dash where there is no value. */
export function formatValue(
  value: MetricCell,
  column: Pick<MetricColumn, "unit" | "currency">,
  language: Language,
  room: NumberRoom = "full",
): string {
  if (value === null) return DASH;
  if (typeof value === "string") return value;
  return numberFormat(language, optionsOf(value, column, room)).format(
    column.unit === "money" ? toShownNumber(value, column) : value,
  );
}

function optionsOf(
  value: number,
  column: Pick<MetricColumn, "unit" | "currency">,
  room: NumberRoom,
): Intl.NumberFormatOptions {
  if (room === "compact") {
    if (column.unit === "percent") return { ...styleOf(column), maximumFractionDigits: 1 };
    return { ...styleOf(column), notation: "compact", maximumSignificantDigits: 3 };
  }
  switch (column.unit) {
    case "money":
      return room === "full" && Math.abs(toShownNumber(value, column)) < LARGE_MONEY
        ? styleOf(column)
        : { ...styleOf(column), minimumFractionDigits: 0, maximumFractionDigits: 0 };
    case "percent":
      return { ...styleOf(column), minimumFractionDigits: 1, maximumFractionDigits: 1 };
    case "ratio":
    case "days":
      return { minimumFractionDigits: 2, maximumFractionDigits: 2 };
    case "kg":
      return { maximumFractionDigits: Math.abs(value) < 100 ? 1 : 0 };
    default:
      return { maximumFractionDigits: 2 };
  }
}

function styleOf(column: Pick<MetricColumn, "unit" | "currency">): Intl.NumberFormatOptions {
  if (column.unit === "percent") return { style: "percent" };
  if (column.unit !== "money" || column.currency === undefined) return {};
  return { style: "currency", currency: column.currency, currencyDisplay: "narrowSymbol" };
}

/** `long` for sentences, `short` for footers and tables, `axis` where the year is clear from elsewhere. */
export type DateLength = "long" | "short" | "axis" | "month" | "month-axis";

const DATE_OPTIONS: Readonly<Record<DateLength, Intl.DateTimeFormatOptions>> = {
  long: { day: "numeric", month: "long", year: "numeric" },
  short: { day: "numeric", month: "short", year: "numeric" },
  axis: { day: "numeric", month: "short" },
  month: { month: "long", year: "numeric" },
  "month-axis": { month: "short", year: "numeric" },
};

/** A calendar day in words of the language. Days have no zone: they are formatted in UTC, where they were parsed. */
export function formatDay(day: IsoDate, language: Language, length: DateLength = "short"): string {
  const format = new Intl.DateTimeFormat(LOCALES[language], { ...DATE_OPTIONS[length], timeZone: "UTC" });
  return format.format(new Date(`${day}T00:00:00Z`));
}

/** First and last day in one phrase that names what they share once: `1–9 Dec 2011`. */
export function formatPeriod(from: IsoDate, to: IsoDate, language: Language): string {
  const format = new Intl.DateTimeFormat(LOCALES[language], { ...DATE_OPTIONS.short, timeZone: "UTC" });
  return format.formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`));
}

/** Name of a month of any year, 1 to 12. */
export function formatMonthOfYear(month: number, language: Language, length: "long" | "short" = "long"): string {
  const format = new Intl.DateTimeFormat(LOCALES[language], { month: length, timeZone: "UTC" });
  return format.format(new Date(Date.UTC(2024, month - 1, 1)));
}
