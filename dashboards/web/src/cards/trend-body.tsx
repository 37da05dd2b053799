import { useMemo } from "preact/hooks";

import type { DashboardCard, MetricResult } from "../api-types.ts";
import { Chart } from "../charts/chart.tsx";
import { buildTrendOption } from "../charts/trend-option.ts";
import type { PageScope } from "../data/card-query.ts";
import { readTrend } from "../data/read-trend.ts";
import { text } from "../state/text.ts";
import { formatPeriod } from "../text/format.ts";
import { summarizeChart } from "../text/summarize.ts";
import { GrainSwitch } from "./grain-switch.tsx";

/** Cards from here on have room for the switch; narrower ones follow it. */
const WIDE = 6;

interface TrendBodyProps {
  readonly card: DashboardCard;
  readonly scope: PageScope;
  readonly result: MetricResult;
}

/** A number over time, over the time it is compared with. */
export function TrendBody({ card, scope, result }: TrendBodyProps) {
  const { language } = scope;
  const trend = useMemo(() => readTrend(result, language), [result, language]);
  const build = useMemo(
    () => (trend === undefined ? undefined : buildTrendOption.bind(undefined, trend.chart)),
    [trend],
  );
  if (trend === undefined || build === undefined) return null;
  const hasBefore = trend.chart.points.some((point) => typeof point.before === "number");
  const hasPartial = trend.chart.points.some((point) => point.isPartial);
  return (
    <>
      <div class="chart-head">
        <ul class="keys">
          {hasBefore && (
            <>
              <li class="key key-now">{describeWindow(result.from, result.to, language) ?? text("chart.now")}</li>
              <li class="key key-before">
                {describeWindow(result.comparedFrom ?? null, result.comparedTo ?? null, language) ??
                  text("chart.before")}
              </li>
            </>
          )}
          {hasPartial && <li class="key key-partial">{text("chart.partialKey")}</li>}
        </ul>
        {card.dimension === "time" && card.width >= WIDE && <GrainSwitch scope={scope} />}
      </div>
      {trend.named.length === 1 && <p class="note">{text("card.tooFewPoints")}</p>}
      <Chart
        size="trend"
        summary={summarizeChart("trend", card.title[language], trend.named, trend.column, language)}
        build={build}
        keyboard={{ seriesIndex: hasBefore ? 1 : 0, spoken: trend.spoken }}
      />
    </>
  );
}

function describeWindow(from: string | null, to: string | null, language: PageScope["language"]): string | undefined {
  return from === null || to === null ? undefined : formatPeriod(from, to, language);
}
