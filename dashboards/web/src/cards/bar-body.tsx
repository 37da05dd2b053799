import { useMemo } from "preact/hooks";

import type { DashboardCard, MetricResult } from "../api-types.ts";
import { buildBarOption } from "../charts/bar-option.ts";
import { Chart } from "../charts/chart.tsx";
import type { PageScope } from "../data/card-query.ts";
import { readPlaces } from "../data/read-places.ts";
import { summarizeChart } from "../text/summarize.ts";

interface BarBodyProps {
  readonly card: DashboardCard;
  readonly scope: PageScope;
  readonly result: MetricResult;
}

/** One bar a row, in the order of the answer. */
export function BarBody({ card, scope, result }: BarBodyProps) {
  const { language, words } = scope;
  const [metric = ""] = card.metrics;
  const read = useMemo(() => readPlaces(result, metric, words, language), [result, metric, words, language]);
  const build = useMemo(() => buildBarOption.bind(undefined, read?.places ?? []), [read]);
  if (read === undefined) return null;
  return (
    <Chart
      size="bar"
      rows={read.places.length}
      summary={summarizeChart("bar", card.title[language], read.places, read.column, language)}
      build={build}
      keyboard={{ seriesIndex: 0, spoken: read.places.map((place) => `${place.name}, ${place.valueLabel}`) }}
    />
  );
}
