import type { MetricCell, MetricColumn } from "../api-types.ts";
import { DASH, formatDay, formatMonthOfYear, LOCALES } from "./format.ts";
import { findMessage, translate, type Language } from "./messages.ts";

/** `axis` has room for a few letters only. */
export type DimensionRoom = "full" | "axis";

/** What a dimension's value is called in the language; `label` is the readable name the API has for it, if any. */
export function describeDimension(
  column: Pick<MetricColumn, "name" | "unit">,
  value: MetricCell,
  label: MetricCell | undefined,
  language: Language,
  room: DimensionRoom = "full",
): string {
  if (value === null) return DASH;
  const text = String(value);
  switch (column.unit) {
    case "day":
      return formatDay(text, language, room === "axis" ? "axis" : "short");
    case "week":
      return room === "axis"
        ? formatDay(text, language, "axis")
        : translate(language, "weekOf", { day: formatDay(text, language) });
    case "month":
      return formatDay(text, language, room === "axis" ? "month-axis" : "month");
    default:
      break;
  }
  if (column.name === "month_of_year") {
    return formatMonthOfYear(Number(value), language, room === "axis" ? "short" : "long");
  }
  const name = findMessage(language, `value.${text}`);
  if (column.name !== "market") return name ?? readable(label ?? text);
  return name ?? nameRegion(text, language) ?? readable(label ?? text);
}

/** The name of an ISO 3166 country; undefined for codes the language does not know. */
function nameRegion(code: string, language: Language): string | undefined {
  if (!/^[A-Z]{2}$/.test(code)) return undefined;
  return new Intl.DisplayNames(LOCALES[language], { type: "region", fallback: "none" }).of(code);
}

/** Codes such as `air-charter` become words; anything with capitals or spaces is a name already. */
function readable(value: MetricCell): string {
  const text = String(value);
  if (!/^[a-z0-9]+([-_][a-z0-9]+)*$/.test(text)) return text;
  const words = text.replaceAll(/[-_]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
