import { useMemo } from "preact/hooks";

import { buildBarOption, type Bar } from "../charts/bar-option.ts";
import { Chart } from "../charts/chart.tsx";
import { useServedModels, type ServedModel } from "../data/served-models.ts";
import { ProblemNote } from "../parts/problem-note.tsx";
import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { describeDimension } from "../text/describe-dimension.ts";
import { listFigures } from "./list-figures.ts";

/** Bars of what the served release's recommendation models reached, coverage and tail included where measured. */
export function ModelFigures() {
  const served = useServedModels();
  const models = (served.value ?? []).filter((model) => listFigures(model.metrics, model.baseline).length > 0);
  return (
    <>
      {models.map((model) => (
        <ModelCard key={model.name} model={model} />
      ))}
      {served.problem !== undefined && (
        <div class="span-12">
          <ProblemNote title={text("rec.modelFailed")} problem={served.problem} onRetry={served.retry} />
        </div>
      )}
      {served.value !== undefined && models.length === 0 && <p class="note span-12">{text("rec.modelNone")}</p>}
    </>
  );
}

function ModelCard({ model }: { readonly model: ServedModel }) {
  const bars = useMemo(() => listBars(model, text("rec.baseline")), [model, language.value]);
  const build = useMemo(() => buildBarOption.bind(undefined, bars), [bars]);
  const name = model.published ? model.name : text("rec.heldBack", { model: model.name });
  return (
    <section class="card card-bar span-12" aria-labelledby={`card-model-${model.name}`}>
      <h2 class="card-title" id={`card-model-${model.name}`}>
        {text("rec.model")}
        <span class="card-unit">{text("rec.modelBeside", { model: name })}</span>
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

function listBars(model: ServedModel, baselineName: string): Bar[] {
  return listFigures(model.metrics, model.baseline).map(({ label, market, value, baseline }) => {
    const name = text(label, {
      market:
        market === undefined
          ? ""
          : describeDimension({ name: "market", unit: "text" }, market, undefined, language.value),
    });
    const lines = [{ name: model.name, value: value.toFixed(4), kind: "now" as const }];
    const before =
      baseline === undefined ? [] : [{ name: baselineName, value: baseline.toFixed(4), kind: "before" as const }];
    const beside = baseline === undefined ? "" : ` (${baseline.toFixed(3)})`;
    return {
      name,
      value,
      valueLabel: `${value.toFixed(3)}${beside}`,
      tooltip: { title: name, lines: [...lines, ...before] },
    };
  });
}
