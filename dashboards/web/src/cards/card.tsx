import { useState } from "preact/hooks";

import type { DashboardCard, MetricResult } from "../api-types.ts";
import { keyOfQuery, queryMetrics } from "../api/query-metrics.ts";
import { buildCardQuery, describeMetrics, unusableFilters, type PageScope } from "../data/card-query.ts";
import { nameCsvFile, writeCsv } from "../data/csv.ts";
import { buildTableModel, unitWord, type TableModel } from "../data/table-model.ts";
import { ProblemNote } from "../parts/problem-note.tsx";
import { text } from "../state/text.ts";
import { useLoaded, type Loaded } from "../state/use-loaded.ts";
import { BarBody } from "./bar-body.tsx";
import { describeAge, findLastDay } from "./card-age.ts";
import { CardFrame } from "./card-frame.tsx";
import { DataTable } from "./data-table.tsx";
import { KpiBody } from "./kpi-body.tsx";
import { MapBody } from "./map-body.tsx";
import { saveFile } from "./save-file.ts";
import { TrendBody } from "./trend-body.tsx";

interface CardProps {
  readonly card: DashboardCard;
  readonly scope: PageScope;
}

/** One card of a page: asks its question and shows the answer, or says why there is none. */
export function Card({ card, scope }: CardProps) {
  const { page, catalogue, words, language } = scope;
  const [showsTable, setShowsTable] = useState(false);
  const query = buildCardQuery(card, scope);
  const answer = useLoaded(keyOfQuery(query, catalogue.release), () => queryMetrics(query, catalogue.release));
  const result = answer.value;
  const title = card.title[language];
  const metrics = describeMetrics(card, catalogue);
  const model = result === undefined || isEmpty(result) ? undefined : buildTableModel(result, words, language);
  const unit = findUnit(result, language);
  const hasTwin = card.kind !== "kpi" && card.kind !== "table";
  const lastDay = findLastDay([...new Set(metrics.map((metric) => metric.domain))], page.freshness);

  const unusable = unusableFilters(card, scope).map(words.dimension);
  const notes = [
    ...(result?.notes ?? []),
    ...(unusable.length === 0 ? [] : [text("card.notFiltered", { filters: unusable.join(", ") })]),
  ];
  const download = (): void => {
    if (model === undefined || result === undefined) return;
    saveFile(nameCsvFile(page.id, card.id, result.from, result.to), writeCsv(model), "text/csv;charset=utf-8");
  };

  return (
    <CardFrame
      id={card.id}
      kind={card.kind}
      width={card.width}
      title={title}
      unit={unit}
      metrics={metrics}
      age={describeAge(lastDay, new Date().toISOString().slice(0, 10), language)}
      isBusy={answer.isLoading}
      showsTable={hasTwin && model !== undefined ? showsTable : undefined}
      onToggleTable={() => setShowsTable(!showsTable)}
      onDownload={model === undefined ? undefined : download}
      notes={notes}
    >
      <CardState answer={answer} title={title} kind={card.kind}>
        {(shown) => (
          <>
            {!showsTable && <CardPicture card={card} scope={scope} result={shown} />}
            {model !== undefined && card.kind !== "kpi" && (
              <CardTable model={model} card={card} unit={unit} scope={scope} isVisible={showsTable || !hasTwin} />
            )}
          </>
        )}
      </CardState>
    </CardFrame>
  );
}

/** Unit of the heading: that of the numbers when all share it. */
function findUnit(result: MetricResult | undefined, language: PageScope["language"]): string | undefined {
  const units = new Set(
    result?.columns.filter((column) => column.kind === "metric").map((column) => unitWord(column, language)),
  );
  const currencies = [...units].filter((unit) => unit !== undefined && /^[A-Z]{3}$/.test(unit));
  return units.size === 1 ? [...units][0] : currencies.length === 1 ? currencies[0] : undefined;
}

/** No rows, or rows that say nothing. */
function isEmpty(result: MetricResult): boolean {
  const metrics = result.columns.flatMap((column, index) => (column.kind === "metric" ? [index] : []));
  return result.rows.every((row) => metrics.every((index) => row[index] === null));
}

interface CardStateProps {
  readonly answer: Loaded<MetricResult>;
  readonly title: string;
  readonly kind: DashboardCard["kind"];
  readonly children: (result: MetricResult) => preact.ComponentChildren;
}

/** Loading, failed, empty, or the content. */
function CardState({ answer, title, kind, children }: CardStateProps) {
  if (answer.problem !== undefined) {
    return <ProblemNote title={text("card.failed")} problem={answer.problem} onRetry={answer.retry} />;
  }
  if (answer.value === undefined) {
    return (
      <div class={`skeleton skeleton-${kind}`}>
        <span class="visually-hidden">{text("card.loading", { card: title })}</span>
      </div>
    );
  }
  if (isEmpty(answer.value)) {
    return (
      <div class="note">
        <p class="note-title">{text("card.empty")}</p>
        <p>{text("card.emptyHint")}</p>
      </div>
    );
  }
  return <>{children(answer.value)}</>;
}

interface CardPictureProps {
  readonly card: DashboardCard;
  readonly scope: PageScope;
  readonly result: MetricResult;
}

function CardPicture(props: CardPictureProps) {
  switch (props.card.kind) {
    case "kpi":
      return <KpiBody {...props} />;
    case "trend":
      return <TrendBody {...props} />;
    case "bar":
      return <BarBody {...props} />;
    case "map":
      return <MapBody {...props} />;
    default:
      return null;
  }
}

interface CardTableProps {
  readonly model: TableModel;
  readonly card: DashboardCard;
  readonly unit: string | undefined;
  readonly scope: PageScope;
  readonly isVisible: boolean;
}

/** The table twin of a chart is always there for a screen reader, and on screen when asked for. */
function CardTable({ model, card, unit, scope, isVisible }: CardTableProps) {
  const title = card.title[scope.language];
  return (
    <DataTable
      model={model}
      caption={text("table.caption", { card: title })}
      regionLabel={text("table.scroll", { card: title })}
      knownUnit={unit}
      language={scope.language}
      isVisible={isVisible}
    />
  );
}
