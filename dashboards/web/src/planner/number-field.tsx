import type { Signal } from "@preact/signals";

interface NumberFieldProps {
  readonly label: string;
  readonly min: number;
  readonly max?: number;
  /** What the field shows and sets. */
  readonly value: Signal<number>;
}

/** A setting of the planner that is a number, in one line with its label. */
export function NumberField({ label, min, max, value }: NumberFieldProps) {
  return (
    <label class="planner-seconds">
      {label}
      <input
        class="control"
        type="number"
        min={min}
        max={max}
        value={value.value}
        onInput={(event) => (value.value = Number(event.currentTarget.value))}
      />
    </label>
  );
}
