import { useMemo } from "preact/hooks";

import { requestJson } from "../api/request-json.ts";
import { buildBarOption, type Bar } from "../charts/bar-option.ts";
import { Chart } from "../charts/chart.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { text } from "../state/text.ts";
import { useLoaded } from "../state/use-loaded.ts";
import type { ReleasesAnswer } from "./recommendation-types.ts";

type Model = ReleasesAnswer["releases"][number]["models"][number];

/** Ranking, coverage and tail figures as the model cards name them. */
const FIGURE = /recall|ndcg|hitRate|mrr|precision|coverage|tail|head|gini/iu;

/** Bars of what the served release's recommendation models reached, coverage and tail included where measured. */
export function ModelFigures() {
  const releases = useLoaded("releases", () => requestJson<ReleasesAnswer>("/v1/releases?limit=20"));
  const served = releases.value?.releases.find((release) => release.isServed);
  const models = (served?.models ?? []).filter((model) => listFigures(model).length > 0);
  return (
    <>
      {models.map((model) => (
        <ModelCard key={model.name} model={model} />
      ))}
      {releases.problem !== undefined && (
        <div class="span-12">
          <ProblemNote title={text("rec.modelFailed")} problem={releases.problem} onRetry={releases.retry} />
        </div>
      )}
      {releases.value !== undefined && models.length === 0 && <p class="note span-12">{text("rec.modelNone")}</p>}
    </>
  );
}

function ModelCard({ model }: { readonly model: Model }) {
  const bars = useMemo(() => listBars(model, text("rec.baseline")), [model, text("rec.baseline")]);
  const build = useMemo(() => buildBarOption.bind(undefined, bars), [bars]);
  const name = model.published ? model.name : text("rec.heldBack", { model: model.name });
  return (
    <section class="card card-bar span-12" aria-labelledby={`card-model-${model.name}`}>
      <h2 class="card-title" id={`card-model-${model.name}`}>
        {text("rec.model")}
        <span class="card-unit">{name}</span>
      </h2>
      <div class="card-body">
        <Chart
          size="bar"
          rows={bars.length}
          summary={text("rec.modelSummary", { model: name, count: bars.length })}
          build={build}
          keyboard={{ seriesIndex: 0, spoken: bars.map((bar) => `${bar.name}, ${bar.valueLabel}`) }}
        />
      </div>
    </section>
  );
}

/** Figures between 0 and 1. */
function listFigures(model: Model): [string, number][] {
  return Object.entries(model.metrics).filter(([name, value]) => FIGURE.test(name) && value >= 0 && value <= 1);
}

function listBars(model: Model, baselineName: string): Bar[] {
  return listFigures(model).map(([name, value]) => {
    const baseline = model.baseline[name];
    const lines = [{ name: model.name, value: value.toFixed(4), kind: "now" as const }];
    const before =
      baseline === undefined ? [] : [{ name: baselineName, value: baseline.toFixed(4), kind: "before" as const }];
    return { name, value, valueLabel: value.toFixed(3), tooltip: { title: name, lines: [...lines, ...before] } };
  });
}
