import type { MetricColumn } from "../api-types.ts";
import { formatValue } from "./format.ts";
import { translate, type Language } from "./messages.ts";

/** One named value of a chart. */
export interface NamedValue {
  readonly name: string;
  readonly value: number | null;
}

/** What a chart shows, in a sentence or two: its accessible name. */
export function summarizeChart(
  kind: "trend" | "bar" | "map",
  card: string,
  values: readonly NamedValue[],
  column: Pick<MetricColumn, "unit" | "currency">,
  language: Language,
): string {
  const known = values.flatMap(({ name, value }) => (value === null ? [] : [{ name, value }]));
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined) return translate(language, "summary.empty", { card });
  let low = first;
  let high = first;
  for (const point of known) {
    if (point.value < low.value) low = point;
    if (point.value > high.value) high = point;
  }
  const say = (value: number): string => formatValue(value, column, language);
  return translate(language, `summary.${kind}`, {
    card,
    count: known.length,
    first: first.name,
    last: last.name,
    low: say(low.value),
    lowAt: low.name,
    high: say(high.value),
    highAt: high.name,
    latest: say(last.value),
  });
}
