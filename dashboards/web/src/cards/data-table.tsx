import { useState } from "preact/hooks";

import { sortRows, type TableModel } from "../data/table-model.ts";
import { SortHead } from "../parts/sort-head.tsx";
import { text } from "../state/text.ts";
import { DASH } from "../text/format.ts";
import type { Language } from "../text/messages.ts";

interface DataTableProps {
  readonly model: TableModel;
  readonly caption: string;
  readonly regionLabel: string;
  /** Stands in the card's heading already. */
  readonly knownUnit: string | undefined;
  readonly language: Language;
  /** A twin that is not on screen has no controls, so that the keyboard does not stop at invisible things. */
  readonly isVisible: boolean;
}

interface Order {
  readonly columnIndex: number;
  readonly direction: "asc" | "desc";
}

const DIRECTIONS = { asc: "ascending", desc: "descending" } as const;

/** Numbers aligned to the right, sortable by every heading; in the order of the answer until a heading is pressed. */
export function DataTable({ model, caption, regionLabel, knownUnit, language, isVisible }: DataTableProps) {
  const [order, setOrder] = useState<Order>();
  const rows = order === undefined ? model.rows : sortRows(model, order.columnIndex, order.direction, language);
  const sortBy = (columnIndex: number): void => {
    const first = model.columns[columnIndex]?.isNumber === true ? "desc" : "asc";
    const other = first === "desc" ? "asc" : "desc";
    setOrder({
      columnIndex,
      direction: order?.columnIndex === columnIndex && order.direction === first ? other : first,
    });
  };
  const table = (
    <table class="data-table">
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {model.columns.map((column, index) => (
            <SortHead
              key={column.key}
              name={column.heading}
              isNumber={column.isNumber}
              direction={order?.columnIndex === index ? DIRECTIONS[order.direction] : undefined}
              onSort={isVisible ? () => sortBy(index) : undefined}
            >
              <Heading heading={column.heading} unit={column.unit === knownUnit ? undefined : column.unit} />
            </SortHead>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.map((cell) => cell.plain).join("|")}>
            {row.map((cell, index) => (
              <Cell
                key={model.columns[index]?.key}
                content={cell.text}
                isFirst={index === 0}
                isNumber={model.columns[index]?.isNumber === true}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
  if (!isVisible) return <div class="visually-hidden">{table}</div>;
  return (
    <div class="table-scroll" role="region" aria-label={regionLabel} tabIndex={0}>
      {table}
    </div>
  );
}

function Heading({ heading, unit }: { readonly heading: string; readonly unit: string | undefined }) {
  return (
    <span>
      {heading}
      {unit !== undefined && <span class="unit">{unit}</span>}
    </span>
  );
}

interface CellProps {
  readonly content: string;
  readonly isFirst: boolean;
  readonly isNumber: boolean;
}

function Cell({ content, isFirst, isNumber }: CellProps) {
  if (isFirst) return <th scope="row">{content}</th>;
  const isMissing = content === DASH;
  return (
    <td class={isNumber ? "number" : ""}>
      {isMissing ? (
        <>
          <span aria-hidden="true">{content}</span>
          <span class="visually-hidden">{text("cell.none")}</span>
        </>
      ) : (
        content
      )}
    </td>
  );
}
