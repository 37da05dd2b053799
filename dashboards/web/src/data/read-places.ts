import type { MetricColumn, MetricResult } from "../api-types.ts";
import type { TooltipContent } from "../charts/tooltip.ts";
import { chooseRoom, formatValue } from "../text/format.ts";
import type { Language } from "../text/messages.ts";
import type { CatalogueWords } from "./catalogue-words.ts";
import { nameRow } from "./table-model.ts";

/** One bar, or one market: what it is called, the number drawn, and everything known about it. */
export interface Place {
  readonly id: string | number | null;
  readonly name: string;
  readonly value: number | null;
  readonly valueLabel: string;
  readonly tooltip: TooltipContent;
}

export interface Places {
  readonly column: MetricColumn;
  readonly places: readonly Place[];
}

/** Rows of a card with one dimension; `metric` is the one that is drawn, the others appear in the tooltip. */
export function readPlaces(
  result: MetricResult,
  metric: string,
  words: CatalogueWords,
  language: Language,
): Places | undefined {
  const dimensionAt = result.columns.findIndex((column) => column.kind === "dimension");
  const valueAt = result.columns.findIndex((column) => column.kind === "metric" && column.name === metric);
  const column = result.columns[valueAt];
  if (dimensionAt < 0 || column === undefined) return undefined;
  const room = chooseRoom(
    result.rows.map((row) => row[valueAt]),
    column,
  );
  const places = result.rows.map((row): Place => {
    const value = row[valueAt];
    const name = nameRow(result, row, dimensionAt, words, language);
    return {
      id: row[dimensionAt] ?? null,
      name,
      value: typeof value === "number" ? value : null,
      valueLabel: formatValue(value ?? null, column, language, room),
      tooltip: {
        title: name,
        lines: result.columns.flatMap((other, index) =>
          other.kind === "metric"
            ? [{ name: words.metric(other.name), value: formatValue(row[index] ?? null, other, language) }]
            : [],
        ),
      },
    };
  });
  return { column, places };
}
