import type { MetricColumn, MetricResult } from "../api-types.ts";
import type { TrendChart, TrendPoint } from "../charts/trend-option.ts";
import { describeDimension } from "../text/describe-dimension.ts";
import { formatValue } from "../text/format.ts";
import { translate, type Language } from "../text/messages.ts";
import type { NamedValue } from "../text/summarize.ts";

/** A trend card's answer, ready to be drawn, summed up and read point by point. */
export interface Trend {
  readonly column: MetricColumn;
  readonly chart: TrendChart;
  readonly named: readonly NamedValue[];
  readonly spoken: readonly string[];
}

/** Undefined when the answer has no time or no metric. */
export function readTrend(result: MetricResult, language: Language): Trend | undefined {
  const timeAt = result.columns.findIndex((column) => column.kind === "dimension");
  const valueAt = result.columns.findIndex((column) => column.kind === "metric");
  const beforeAt = result.columns.findIndex((column) => column.kind === "comparison");
  const time = result.columns[timeAt];
  const column = result.columns[valueAt];
  if (time === undefined || column === undefined) return undefined;

  const say = (value: number | null): string => formatValue(value, column, language);
  const points = listRows(result, timeAt).map((row): TrendPoint => {
    const period = row[timeAt] ?? null;
    const value = asNumber(row[valueAt]);
    const before = beforeAt < 0 ? undefined : asNumber(row[beforeAt]);
    const isPartial = result.partialPeriods.includes(String(period));
    const title = describeDimension(time, period, undefined, language);
    return {
      value,
      ...(before === undefined ? {} : { before }),
      isPartial,
      axisLabel: describeDimension(time, period, undefined, language, "axis"),
      tooltip: {
        title: isPartial ? `${title} (${translate(language, "chart.partial")})` : title,
        lines: [
          { name: translate(language, "chart.now"), value: say(value) },
          ...(before === undefined
            ? []
            : [{ name: translate(language, "chart.before"), value: say(before), kind: "before" as const }]),
        ],
      },
    };
  });
  return {
    column,
    named: points.map((point) => ({ name: point.tooltip.title, value: point.value })),
    spoken: points.map((point) =>
      [point.tooltip.title, ...point.tooltip.lines.map((line) => `${line.name} ${line.value}`)].join(", "),
    ),
    chart: {
      points,
      startsAtZero: column.unit !== "percent" && column.unit !== "ratio",
      formatAxis: (value) => formatValue(value, column, language, "compact"),
    },
  };
}

/** A year has twelve months, also where the data knows nothing of some; dates come without gaps already. */
function listRows(result: MetricResult, timeAt: number): MetricResult["rows"] {
  if (result.columns[timeAt]?.name !== "month_of_year") return result.rows;
  const rows = new Map(result.rows.map((row) => [row[timeAt], row]));
  return Array.from({ length: 12 }, (_unused, index) => {
    const month = index + 1;
    return rows.get(month) ?? result.columns.map((_column, at) => (at === timeAt ? month : null));
  });
}

function asNumber(cell: unknown): number | null {
  return typeof cell === "number" ? cell : null;
}
