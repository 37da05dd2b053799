import { useState } from "preact/hooks";

import type { MetricQuery } from "../api-types.ts";
import { keyOfQuery, queryMetrics } from "../api/query-metrics.ts";
import type { CatalogueWords } from "../data/catalogue-words.ts";
import { nameRow } from "../data/table-model.ts";
import { Dropdown } from "../parts/dropdown.tsx";
import { Icon } from "../parts/icon.tsx";
import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { useLoaded } from "../state/use-loaded.ts";

/** More values than this get a search field. */
const SEARCH_FROM = 9;

interface ValueFilterProps {
  readonly label: string;
  /** Asks for every value of the dimension, in the order they are offered. */
  readonly query: MetricQuery;
  readonly release: string;
  readonly words: CatalogueWords;
  readonly picked: readonly string[];
  readonly onChange: (picked: readonly string[]) => void;
}

interface Option {
  readonly value: string;
  readonly label: string;
}

/** Any number of a dimension's values. Offers only values that the data has. */
export function ValueFilter({ label, query, release, words, picked, onChange }: ValueFilterProps) {
  const { value: options = [] } = useLoaded(keyOfQuery(query, release), () => loadOptions(query, release, words));
  const chosen = describeChoice(options, picked);
  return (
    <div class="filter">
      <span class="filter-label" aria-hidden="true">
        {label}
      </span>
      <Dropdown
        buttonClass="control"
        label={`${label}: ${chosen}`}
        button={
          <>
            <span>{chosen}</span>
            <Icon name="chevron" />
          </>
        }
      >
        {() => <ValueList label={label} options={options} picked={picked} onChange={onChange} />}
      </Dropdown>
    </div>
  );
}

async function loadOptions(query: MetricQuery, release: string, words: CatalogueWords): Promise<Option[]> {
  const result = await queryMetrics(query, release);
  const [dimension] = result.columns;
  if (dimension === undefined) return [];
  const rows = dimension.unit === "number" ? result.rows.toSorted((a, b) => Number(a[0]) - Number(b[0])) : result.rows;
  return rows.flatMap((row) => {
    const value = row[0] ?? null;
    if (value === null) return [];
    return [{ value: String(value), label: nameRow(result, row, 0, words, language.value) }];
  });
}

function describeChoice(options: readonly Option[], picked: readonly string[]): string {
  const [only] = picked;
  if (only === undefined) return text("filters.all");
  if (picked.length > 1) return text("filters.chosen", { count: picked.length });
  return options.find((option) => option.value === only)?.label ?? only;
}

interface ValueListProps extends Pick<ValueFilterProps, "label" | "picked" | "onChange"> {
  readonly options: readonly Option[];
}

function ValueList({ label, options, picked, onChange }: ValueListProps) {
  const [wanted, setWanted] = useState("");
  const found = options.filter((option) => option.label.toLowerCase().includes(wanted.trim().toLowerCase()));
  const toggle = (value: string, isPicked: boolean): void => {
    onChange(isPicked ? [...picked, value] : picked.filter((it) => it !== value));
  };
  return (
    <fieldset class="value-list">
      <legend class="visually-hidden">{label}</legend>
      {options.length >= SEARCH_FROM && (
        <label class="search">
          <span class="visually-hidden">{text("filters.search")}</span>
          <Icon name="search" />
          <input
            type="search"
            class="control"
            placeholder={text("filters.search")}
            value={wanted}
            onInput={(event) => setWanted(event.currentTarget.value)}
          />
        </label>
      )}
      <ul class="choices">
        {found.map((option) => (
          <li key={option.value}>
            <label class="choice">
              <input
                type="checkbox"
                checked={picked.includes(option.value)}
                onChange={(event) => toggle(option.value, event.currentTarget.checked)}
              />
              <span>{option.label}</span>
            </label>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="hint">{text("filters.nothingFound")}</p>}
      {picked.length > 0 && (
        <button type="button" class="button button-plain" onClick={() => onChange([])}>
          {text("filters.clear")}
        </button>
      )}
    </fieldset>
  );
}
