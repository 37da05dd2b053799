import type { DashboardCard, MetricResult } from "../api-types.ts";
import { keyOfQuery, queryMetrics } from "../api/query-metrics.ts";
import { Sparkline } from "../charts/sparkline.tsx";
import { buildSparklineQuery, describeMetrics, type PageScope } from "../data/card-query.ts";
import { compareValues, type Change } from "../data/compare-values.ts";
import { text } from "../state/text.ts";
import { useLoaded } from "../state/use-loaded.ts";
import { formatPeriod, formatValue } from "../text/format.ts";

interface KpiBodyProps {
  readonly card: DashboardCard;
  readonly scope: PageScope;
  readonly result: MetricResult;
}

const ARROWS = { up: "▲", down: "▼", flat: "●" } as const;

/** One number, how it moved, and its course. */
export function KpiBody({ card, scope, result }: KpiBodyProps) {
  const { language, catalogue } = scope;
  const [metric] = describeMetrics(card, catalogue);
  const [row] = result.rows;
  const valueAt = result.columns.findIndex((column) => column.kind === "metric");
  const beforeAt = result.columns.findIndex((column) => column.kind === "comparison");
  const column = result.columns[valueAt];
  const sparklineQuery = buildSparklineQuery(card, scope);
  const course = useLoaded(
    sparklineQuery === undefined ? undefined : keyOfQuery(sparklineQuery, catalogue.release),
    () => queryMetrics(sparklineQuery ?? { metrics: card.metrics }, catalogue.release),
  );
  if (column === undefined || metric === undefined) return null;

  const value = row?.[valueAt] ?? null;
  const before = row?.[beforeAt] ?? null;
  const change = compareValues(value, before, metric, language);
  return (
    <div class="kpi">
      <p class="kpi-value" data-value={String(value)}>
        {formatValue(value, column, language)}
      </p>
      <div class="kpi-context">
        {beforeAt >= 0 && (
          <p class="kpi-change" title={describeComparedWindow(result, language)}>
            {change === undefined ? (
              <span class="kpi-before">{text("kpi.noPrevious")}</span>
            ) : (
              <>
                <ChangeMark change={change} />
                <span class="kpi-before">{text("kpi.before", { value: formatValue(before, column, language) })}</span>
              </>
            )}
          </p>
        )}
        <Sparkline values={readCourse(course.value)} />
      </div>
    </div>
  );
}

/** Arrow for the way, word for the meaning; colour only underlines them. */
function ChangeMark({ change }: { readonly change: Change }) {
  return (
    <span class={`change change-${change.meaning}`}>
      <span aria-hidden="true">
        {ARROWS[change.way]} {change.amount}
      </span>
      <span class="visually-hidden">{text(`kpi.${change.way}`, { change: change.amount })}, </span>
      {change.meaning !== "neutral" && <span class="change-word">{text(`kpi.${change.meaning}`)}</span>}
    </span>
  );
}

function describeComparedWindow(result: MetricResult, language: PageScope["language"]): string | undefined {
  if (result.comparedFrom === undefined || result.comparedTo === undefined) return undefined;
  return text("table.compared", { period: formatPeriod(result.comparedFrom, result.comparedTo, language) });
}

/** Complete periods only: a half week at the end would look like a fall. */
function readCourse(result: MetricResult | undefined): (number | null)[] {
  if (result === undefined) return [];
  const index = result.columns.findIndex((column) => column.kind === "metric");
  return result.rows
    .filter((row) => !result.partialPeriods.includes(String(row[0])))
    .map((row) => {
      const value = row[index];
      return typeof value === "number" ? value : null;
    });
}
