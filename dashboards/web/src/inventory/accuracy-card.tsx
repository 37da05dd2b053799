import { useServedModels, type ServedModel } from "../data/served-models.ts";
import { CardTable } from "../parts/card-table.tsx";
import { ColumnHeads } from "../parts/column-heads.tsx";
import { LoadedCard } from "../parts/loaded-card.tsx";
import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { formatValue } from "../text/format.ts";

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
  const served = useServedModels();
  return (
    <LoadedCard
      id="accuracy"
      title={text("stock.accuracy")}
      loaded={served}
      failed={text("stock.accuracyFailed")}
      empty={(models) => (listClasses(findModel(models)).length === 0 ? text("stock.accuracyNone") : undefined)}
    >
      {(models) => <Classes model={findModel(models)} />}
    </LoadedCard>
  );
}

function Classes({ model }: { readonly model: ServedModel | undefined }) {
  const { metrics = {}, baseline = {} } = model ?? {};
  return (
    <CardTable card="accuracy" caption={text("stock.accuracy")}>
      <ColumnHeads words={[text("stock.series")]} numbers={COLUMNS.map((key) => text(`stock.${key}`))} />
      <tbody>
        {listClasses(model).map((name) => (
          <tr key={name}>
            <th scope="row">{text(`stock.series.${name}`, { count: count(metrics[`${name}Series`]) })}</th>
            <td class="number">{percent(metrics[`${name}Wape`])}</td>
            <td class="number">{percent(baseline[`${name}NaiveWape`])}</td>
            <td class="number">{percent(baseline[`${name}SeasonalNaiveWape`])}</td>
            <td class="number">{percent(metrics[`${name}Bias`])}</td>
            <td class="number">{percent(metrics[`${name}Coverage80`])}</td>
          </tr>
        ))}
      </tbody>
    </CardTable>
  );
}

const COLUMNS = ["wape", "naive", "seasonalNaive", "bias", "coverage"] as const;

function findModel(models: readonly ServedModel[]): ServedModel | undefined {
  return models.find(({ name }) => name === "seasonal-forecast");
}

function listClasses(model: ServedModel | undefined): readonly (typeof CLASSES)[number][] {
  return CLASSES.filter((name) => model?.metrics[`${name}Wape`] !== undefined);
}

function percent(value: number | undefined): string {
  return formatValue(value ?? null, { unit: "percent" }, language.value);
}

function count(value: number | undefined): string {
  return formatValue(value ?? 0, { unit: "count" }, language.value);
}
