import { useId } from "preact/hooks";

import { Icon } from "../parts/icon.tsx";

interface ChoiceFilterProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

/** One of a few: the browser's own select, which every keyboard and screen reader knows. */
export function ChoiceFilter({ label, value, options, onChange }: ChoiceFilterProps) {
  const id = useId();
  return (
    <div class="filter">
      <label class="filter-label" for={id}>
        {label}
      </label>
      <div class="select">
        <select id={id} class="control" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="chevron" />
      </div>
    </div>
  );
}
