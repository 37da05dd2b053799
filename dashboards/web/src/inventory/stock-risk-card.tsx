import { useState } from "preact/hooks";

import { requestJson } from "../api/request-json.ts";
import { CardTable } from "../parts/card-table.tsx";
import { LoadedCard } from "../parts/loaded-card.tsx";
import { SortHead } from "../parts/sort-head.tsx";
import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { useLoaded } from "../state/use-loaded.ts";
import { DASH, formatValue } from "../text/format.ts";
import { riskPath, type InventoryQuestion, type RiskSort } from "./inventory-question.ts";
import type { ReorderAnswer, ReorderEntry } from "./inventory-types.ts";
import { ProductHead } from "./product-head.tsx";

interface StockRiskCardProps {
  readonly question: InventoryQuestion;
  readonly onChoose: (product: string) => void;
}

/** What may run out before the next delivery, what that would cost and what to order now; the API sorts by the column pressed. */
export function StockRiskCard({ question, onChoose }: StockRiskCardProps) {
  const [sort, setSort] = useState<RiskSort>("expectedLostMinor");
  const path = riskPath(question, sort);
  const list = useLoaded(path, () => requestJson<ReorderAnswer>(path));
  return (
    <LoadedCard
      id="risk"
      title={text("stock.risk")}
      loaded={list}
      failed={text("stock.reorderFailed")}
      empty={(answer) => (listKnown(answer).length === 0 ? text("stock.riskNone") : undefined)}
    >
      {(answer) => (
        <>
          <p class="card-note">{text("stock.riskNote")}</p>
          <CardTable card="risk" isBusy={list.isLoading}>
            <Heads sort={sort} onSort={setSort} />
            <tbody>
              {listKnown(answer).map((entry) => (
                <Row key={entry.productId} entry={entry} onChoose={() => onChoose(entry.productId)} />
              ))}
            </tbody>
          </CardTable>
        </>
      )}
    </LoadedCard>
  );
}

/** Products of which the stock, and so the risk, is known. */
function listKnown({ products }: ReorderAnswer): ReorderEntry[] {
  return products.filter(({ stockoutRisk }) => stockoutRisk !== null);
}

/** Columns by which the API sorts. */
const SORTED = ["stockoutRisk", "expectedShortage", "expectedLostMinor", "coverDays"] as const;

function Heads({ sort, onSort }: { readonly sort: RiskSort; readonly onSort: (sort: RiskSort) => void }) {
  return (
    <thead>
      <tr>
        <th scope="col">{text("stock.product")}</th>
        {SORTED.map((column) => {
          const direction = column === "coverDays" ? "ascending" : "descending";
          return (
            <SortHead
              key={column}
              name={text(`stock.${column}`)}
              isNumber
              direction={sort === column ? direction : undefined}
              onSort={() => onSort(column)}
            />
          );
        })}
        <th scope="col" class="number">
          {text("stock.onHand")}
        </th>
        <th scope="col" class="number">
          {text("stock.orderQuantity")}
        </th>
      </tr>
    </thead>
  );
}

function Row({ entry, onChoose }: { readonly entry: ReorderEntry; readonly onChoose: () => void }) {
  const { stockoutRisk, expectedShortage, expectedLostMinor, currency, coverDays, onHand, orderQuantity } = entry;
  const units = (value: number | null): string =>
    formatValue(value === null ? null : Math.round(value), { unit: "count" }, language.value);
  const lost =
    expectedLostMinor === null || currency === null
      ? DASH
      : formatValue(expectedLostMinor, { unit: "money", currency }, language.value);
  return (
    <tr data-risk={entry.productId}>
      <ProductHead entry={entry} onChoose={onChoose} />
      <td class="number">{formatValue(stockoutRisk, { unit: "percent" }, language.value)}</td>
      <td class="number">{units(expectedShortage)}</td>
      <td class="number">{lost}</td>
      <td class="number">{units(coverDays)}</td>
      <td class="number">{units(onHand)}</td>
      <td class="number">{units(orderQuantity)}</td>
    </tr>
  );
}
