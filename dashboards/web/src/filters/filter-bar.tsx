import type { CatalogueAnswer, DashboardAnswer, IsoDate, MetricQuery } from "../api-types.ts";
import type { PageScope } from "../data/card-query.ts";
import { Icon } from "../parts/icon.tsx";
import { language } from "../state/address.ts";
import { goToState } from "../state/go-to-state.ts";
import { COMPARISONS, defaultPageState, writePageState, type PageState } from "../state/page-state.ts";
import { text } from "../state/text.ts";
import { ChoiceFilter } from "./choice-filter.tsx";
import { DateRangeFilter } from "./date-range-filter.tsx";
import { ValueFilter } from "./value-filter.tsx";

/** Values a filter offers at most; the longest list, markets, is shorter. */
const MOST_VALUES = 300;

interface FilterBarProps {
  readonly scope: PageScope;
  readonly lastDay: IsoDate | null;
}

/** The page's one filter bar: every change is a new address. */
export function FilterBar({ scope, lastDay }: FilterBarProps) {
  const { page, catalogue, state, window } = scope;
  if (page.filters.length === 0) return null;
  const change = (next: PageState): void => goToState(next, page);
  const hasChoice = writePageState(state, page.filters).size > 0;
  return (
    <section class="filter-bar" aria-label={text("filters.label")}>
      {page.filters.map((filter) => {
        switch (filter.kind) {
          case "date-range":
            return (
              <DateRangeFilter
                key={filter.kind}
                dates={state.dates}
                shown={window}
                lastDay={lastDay}
                onChange={(dates) => change({ ...state, dates })}
              />
            );
          case "compare":
            return (
              <ChoiceFilter
                key={filter.kind}
                label={text("filters.compare")}
                value={state.compare}
                options={COMPARISONS.map((value) => ({ value, label: text(`compare.${value}`) }))}
                onChange={(value) =>
                  change({ ...state, compare: COMPARISONS.find((comparison) => comparison === value) ?? "none" })
                }
              />
            );
          case "currency":
            return (
              <ChoiceFilter
                key={filter.kind}
                label={text("filters.currency")}
                value={state.currency ?? ""}
                options={[
                  { value: "", label: text("filters.currencyDefault") },
                  ...catalogue.currencies.map((value) => ({ value, label: value })),
                ]}
                onChange={(value) => change(withCurrency(state, value))}
              />
            );
          default:
            return (
              <ValueFilter
                key={filter.dimension}
                label={scope.words.dimension(filter.dimension)}
                release={catalogue.release}
                words={scope.words}
                query={askForValues(filter.dimension, page, catalogue)}
                picked={state.picked[filter.dimension] ?? []}
                onChange={(picked) => change(withPicked(state, filter.dimension, picked))}
              />
            );
        }
      })}
      {hasChoice && (
        <button
          type="button"
          class="button button-plain filter-reset"
          onClick={() => change(defaultPageState(page.filters))}
        >
          <Icon name="undo" />
          {text("filters.reset")}
        </button>
      )}
    </section>
  );
}

function withCurrency({ currency: _old, ...state }: PageState, currency: string): PageState {
  return currency === "" ? state : { ...state, currency };
}

function withPicked(state: PageState, dimension: string, values: readonly string[]): PageState {
  const { [dimension]: _old, ...others } = state.picked;
  return { ...state, picked: values.length === 0 ? others : { ...others, [dimension]: values } };
}

/** Every value of a dimension that the page's first fitting metric has, whatever the dates. */
function askForValues(dimension: string, page: DashboardAnswer, catalogue: CatalogueAnswer): MetricQuery {
  const metric = page.cards
    .flatMap((card) => card.metrics)
    .find((name) => catalogue.metrics.find((entry) => entry.name === name)?.grain.includes(dimension) === true);
  return {
    metrics: metric === undefined ? [] : [metric],
    dimensions: [dimension],
    limit: MOST_VALUES,
    language: language.value,
  };
}
