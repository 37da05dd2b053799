import { requestJson } from "../api/request-json.ts";
import { ColumnHeads } from "../parts/column-heads.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { text } from "../state/text.ts";
import { useLoaded } from "../state/use-loaded.ts";

interface CardsAnswer {
  readonly releases: readonly {
    readonly isServed: boolean;
    readonly models: readonly {
      readonly name: string;
      readonly metrics: Readonly<Record<string, number>>;
      readonly baseline: Readonly<Record<string, number>>;
    }[];
  }[];
}

/** As published; the weeks of each height of addition; products in a market by how regular their demand is. */
const CLASSES = [
  "week",
  "day",
  "total",
  "market",
  "category",
  "product",
  "productMarket",
  "smooth",
  "erratic",
  "intermittent",
  "lumpy",
  "young",
] as const;

/** How the served forecasts did on the steps held back, by class, beside the naive and the seasonal naive forecast. */
export function AccuracyCard() {
  const releases = useLoaded("stock releases", () => requestJson<CardsAnswer>("/v1/releases?limit=20"));
  const served = releases.value?.releases.find((release) => release.isServed);
  const model = served?.models.find(({ name }) => name === "seasonal-forecast");
  const classes = CLASSES.filter((name) => model?.metrics[`${name}Wape`] !== undefined);
  const percent = (value: number | undefined): string => (value === undefined ? "—" : `${(value * 100).toFixed(1)} %`);
  return (
    <section class="card span-12" aria-labelledby="card-accuracy">
      <h2 class="card-title" id="card-accuracy">
        {text("stock.accuracy")}
      </h2>
      <div class="card-body">
        {releases.problem !== undefined ? (
          <ProblemNote title={text("stock.accuracyFailed")} problem={releases.problem} onRetry={releases.retry} />
        ) : model === undefined || classes.length === 0 ? (
          <p class="note">{text("stock.accuracyNone")}</p>
        ) : (
          <div class="table-scroll" role="region" aria-labelledby="card-accuracy" tabIndex={0}>
            <table class="data-table">
              <caption class="visually-hidden">{text("stock.accuracy")}</caption>
              <ColumnHeads words={[text("stock.series")]} numbers={COLUMNS.map((key) => text(`stock.${key}`))} />
              <tbody>
                {classes.map((name) => (
                  <tr key={name}>
                    <th scope="row">{text(`stock.series.${name}`, { count: model.metrics[`${name}Series`] ?? 0 })}</th>
                    <td class="number">{percent(model.metrics[`${name}Wape`])}</td>
                    <td class="number">{percent(model.baseline[`${name}NaiveWape`])}</td>
                    <td class="number">{percent(model.baseline[`${name}SeasonalNaiveWape`])}</td>
                    <td class="number">{percent(model.metrics[`${name}Bias`])}</td>
                    <td class="number">{percent(model.metrics[`${name}Coverage80`])}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
    </section>
  );
}

const COLUMNS = ["wape", "naive", "seasonalNaive", "bias", "coverage"] as const;
