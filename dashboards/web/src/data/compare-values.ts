import type { MetricCell, MetricDescription } from "../api-types.ts";
import { LOCALES } from "../text/format.ts";
import { translate, type Language } from "../text/messages.ts";

/** How a number moved, and whether that is good. Shown as an arrow, an amount and a word, never as a colour alone. */
export interface Change {
  readonly way: "up" | "down" | "flat";
  readonly meaning: "better" | "worse" | "neutral";
  /** Size of the move without a sign: `12.4%`, or points for shares. */
  readonly amount: string;
}

/** Undefined where there is nothing to compare with: no value, or growth from zero. */
export function compareValues(
  value: MetricCell,
  previous: MetricCell,
  metric: Pick<MetricDescription, "unit" | "direction">,
  language: Language,
): Change | undefined {
  if (typeof value !== "number" || typeof previous !== "number") return undefined;
  // The difference of two shares is in points: "2 % more" of 10 % would be read as 12 %.
  const isShare = metric.unit === "percent";
  if (!isShare && previous === 0) return undefined;
  const move = isShare ? (value - previous) * 100 : (value - previous) / Math.abs(previous);
  const format = new Intl.NumberFormat(LOCALES[language], {
    style: isShare ? "decimal" : "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const size = format.format(Math.abs(move));
  const isFlat = size === format.format(0);
  const way = isFlat ? "flat" : move > 0 ? "up" : "down";
  return {
    way,
    meaning: isFlat || metric.direction === "neutral" ? "neutral" : way === metric.direction ? "better" : "worse",
    amount: isShare ? translate(language, "kpi.points", { points: size }) : size,
  };
}
