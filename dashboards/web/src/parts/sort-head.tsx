import type { ComponentChildren } from "preact";

import { text } from "../state/text.ts";
import { Icon } from "./icon.tsx";

interface SortHeadProps {
  /** Heading in words, for the hint. */
  readonly name: string;
  /** Heading as shown; the name where left out. */
  readonly children?: ComponentChildren;
  readonly isNumber: boolean;
  /** How the table is sorted by this column; undefined where it is not. */
  readonly direction: "ascending" | "descending" | undefined;
  /** Undefined where the head only says how the table is sorted. */
  readonly onSort: (() => void) | undefined;
}

/** The head of a column that sorts the table when it is pressed. */
export function SortHead({ name, children = name, isNumber, direction, onSort }: SortHeadProps) {
  return (
    <th scope="col" class={isNumber ? "number" : ""} aria-sort={direction ?? "none"}>
      {onSort === undefined ? (
        children
      ) : (
        <button type="button" class="sort" title={text("table.sortBy", { column: name })} onClick={onSort}>
          {children}
          <Icon name="chevron" />
        </button>
      )}
    </th>
  );
}
