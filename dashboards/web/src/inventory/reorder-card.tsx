import { requestJson } from "../api/request-json.ts";
import { ColumnHeads } from "../parts/column-heads.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { useLoaded } from "../state/use-loaded.ts";
import { DASH, formatValue } from "../text/format.ts";
import { findMessage } from "../text/messages.ts";
import type { ReorderAnswer, ReorderEntry } from "./inventory-types.ts";

interface ReorderCardProps {
  readonly path: string;
  readonly chosen: string;
  readonly onChoose: (product: string) => void;
}

/** What to reorder, most urgent first; choosing a product shows its forecast and price above. */
export function ReorderCard({ path, chosen, onChoose }: ReorderCardProps) {
  const list = useLoaded(path, () => requestJson<ReorderAnswer>(path));
  return (
    <section class="card span-12" aria-labelledby="card-reorder">
      <h2 class="card-title" id="card-reorder">
        {text("stock.reorder")}
      </h2>
      <div class="card-body">
        {list.problem !== undefined ? (
          <ProblemNote title={text("stock.reorderFailed")} problem={list.problem} onRetry={list.retry} />
        ) : list.value === undefined ? (
          <div class="skeleton skeleton-table" />
        ) : list.value.products.length === 0 ? (
          <p class="note">{text("stock.reorderNone")}</p>
        ) : (
          <div class="table-scroll" role="region" aria-labelledby="card-reorder" tabIndex={0}>
            <table class="data-table" aria-busy={list.isLoading}>
              <ColumnHeads
                words={[text("stock.product"), text("stock.alert"), text("stock.class")]}
                numbers={COLUMNS.map(({ key }) => text(`stock.${key}`))}
              />
              <tbody>
                {list.value.products.map((entry) => (
                  <Row
                    key={entry.productId}
                    entry={entry}
                    isChosen={entry.productId === chosen}
                    onChoose={() => onChoose(entry.productId)}
                  />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
    </section>
  );
}

const COLUMNS = [
  { key: "expectedPerWeek" },
  { key: "onHand" },
  { key: "coverDays" },
  { key: "reorderPoint" },
  { key: "orderQuantity" },
] as const;

interface RowProps {
  readonly entry: ReorderEntry;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Row({ entry, isChosen, onChoose }: RowProps) {
  const units = (value: number | null): string =>
    value === null ? DASH : formatValue(Math.round(value), { unit: "count" }, language.value);
  return (
    <tr data-product={entry.productId} aria-current={isChosen ? "true" : undefined}>
      <th scope="row">
        <button type="button" class="sort" onClick={onChoose}>
          {entry.title ?? entry.productId}
          <span class="unit">{entry.productId}</span>
        </button>
      </th>
      <td>{findMessage(language.value, `stock.alert.${entry.alert}`) ?? entry.alert}</td>
      <td>{entry.class}</td>
      {COLUMNS.map(({ key }) => (
        <td key={key} class="number">
          {units(entry[key])}
        </td>
      ))}
    </tr>
  );
}
