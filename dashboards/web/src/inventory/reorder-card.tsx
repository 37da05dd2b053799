import { requestJson } from "../api/request-json.ts";
import { CardTable } from "../parts/card-table.tsx";
import { ColumnHeads } from "../parts/column-heads.tsx";
import { LoadedCard } from "../parts/loaded-card.tsx";
import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { useLoaded } from "../state/use-loaded.ts";
import { DASH, formatValue } from "../text/format.ts";
import { findMessage } from "../text/messages.ts";
import type { ReorderAnswer, ReorderEntry } from "./inventory-types.ts";
import { ProductHead } from "./product-head.tsx";

interface ReorderCardProps {
  readonly path: string;
  readonly chosen: string;
  readonly onChoose: (product: string) => void;
}

/** What to reorder, most urgent first; choosing a product shows its forecast and price above. */
export function ReorderCard({ path, chosen, onChoose }: ReorderCardProps) {
  const list = useLoaded(path, () => requestJson<ReorderAnswer>(path));
  return (
    <LoadedCard
      id="reorder"
      title={text("stock.reorder")}
      loaded={list}
      failed={text("stock.reorderFailed")}
      empty={({ products }) => (products.length === 0 ? text("stock.reorderNone") : undefined)}
    >
      {({ products }) => (
        <CardTable card="reorder" isBusy={list.isLoading}>
          <ColumnHeads
            words={[text("stock.product"), text("stock.alert"), text("stock.class")]}
            numbers={COLUMNS.map((key) => text(`stock.${key}`))}
          />
          <tbody>
            {products.map((entry) => (
              <Row
                key={entry.productId}
                entry={entry}
                isChosen={entry.productId === chosen}
                onChoose={() => onChoose(entry.productId)}
              />
            ))}
          </tbody>
        </CardTable>
      )}
    </LoadedCard>
  );
}

const COLUMNS = ["expectedPerWeek", "onHand", "coverDays", "reorderPoint", "orderQuantity"] as const;

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
      <ProductHead entry={entry} onChoose={onChoose} />
      <td>{findMessage(language.value, `stock.alert.${entry.alert}`) ?? entry.alert}</td>
      <td>{entry.class}</td>
      {COLUMNS.map((key) => (
        <td key={key} class="number">
          {units(entry[key])}
        </td>
      ))}
    </tr>
  );
}
