import type { MetricColumn } from "../api-types.ts";
import { classOf, shadeOf } from "../charts/map-classes.ts";
import { text } from "../state/text.ts";
import { formatValue } from "../text/format.ts";
import type { Language } from "../text/messages.ts";

interface MapLegendProps {
  /** Between the classes, ascending. */
  readonly bounds: readonly number[];
  readonly values: readonly number[];
  readonly column: MetricColumn;
  readonly language: Language;
}

/** What each shade stands for, with the number of markets that wear it. */
export function MapLegend({ bounds, values, column, language }: MapLegendProps) {
  if (values.length === 0) return null;
  const classCount = bounds.length + 1;
  const edges = [Math.min(...values), ...bounds, Math.max(...values)];
  const say = (value: number): string => formatValue(value, column, language, "compact");
  return (
    <ul class="legend">
      {Array.from({ length: classCount }, (_unused, index) => {
        const count = values.filter((value) => classOf(value, bounds) === index).length;
        const low = edges[index] ?? 0;
        const high = edges[index + 1] ?? low;
        return (
          <li key={index} class="legend-item">
            <span class={`swatch swatch-${shadeOf(index, classCount) + 1}`} aria-hidden="true" />
            <span>
              {low === high ? say(low) : text("chart.legendRange", { low: say(low), high: say(high) })}{" "}
              <span class="legend-count">({count})</span>
            </span>
          </li>
        );
      })}
      <li class="legend-item">
        <span class="swatch swatch-none" aria-hidden="true" />
        <span>{text("chart.legendNone")}</span>
      </li>
    </ul>
  );
}
