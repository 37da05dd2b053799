import { useId } from "preact/hooks";

interface FieldProps {
  readonly name: string;
  readonly label: string;
  /** Told when the pointer rests. */
  readonly hint?: string;
  readonly placeholder?: string;
  readonly isDecimal?: boolean;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

/** A line of text under its label, in a form of several. */
export function Field({ name, label, hint, placeholder, isDecimal = false, value, onInput }: FieldProps) {
  const id = useId();
  return (
    <div class="filter">
      <label class="filter-label" for={id}>
        {label}
      </label>
      <input
        id={id}
        name={name}
        class="control"
        autocomplete="off"
        inputMode={isDecimal ? "decimal" : undefined}
        title={hint}
        placeholder={placeholder}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  );
}
