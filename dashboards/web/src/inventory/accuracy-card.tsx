import { requestJson } from "../api/request-json.ts";
import { CardTable } from "../parts/card-table.tsx";
import { ColumnHeads } from "../parts/column-heads.tsx";
import { LoadedCard } from "../parts/loaded-card.tsx";
import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { useLoaded } from "../state/use-loaded.ts";
import { formatValue } from "../text/format.ts";

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

type Model = CardsAnswer["releases"][number]["models"][number];

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
  return (
    <LoadedCard
      id="accuracy"
      title={text("stock.accuracy")}
      loaded={releases}
      failed={text("stock.accuracyFailed")}
      empty={(answer) => (listClasses(findModel(answer)).length === 0 ? text("stock.accuracyNone") : undefined)}
    >
      {(answer) => <Classes model={findModel(answer)} />}
    </LoadedCard>
  );
}

function Classes({ model }: { readonly model: Model | undefined }) {
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

function findModel({ releases }: CardsAnswer): Model | undefined {
  return releases.find(({ isServed }) => isServed)?.models.find(({ name }) => name === "seasonal-forecast");
}

function listClasses(model: Model | undefined): readonly (typeof CLASSES)[number][] {
  return CLASSES.filter((name) => model?.metrics[`${name}Wape`] !== undefined);
}

function percent(value: number | undefined): string {
  return formatValue(value ?? null, { unit: "percent" }, language.value);
}

function count(value: number | undefined): string {
  return formatValue(value ?? 0, { unit: "count" }, language.value);
}
