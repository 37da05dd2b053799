import { useState } from "preact/hooks";

import { requestJson } from "../api/request-json.ts";
import { Icon } from "../parts/icon.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { useLoaded } from "../state/use-loaded.ts";
import { DASH, formatValue } from "../text/format.ts";
import { riskPath, type InventoryQuestion, type RiskSort } from "./inventory-question.ts";
import type { ReorderAnswer, ReorderEntry } from "./inventory-types.ts";

interface StockRiskCardProps {
  readonly question: InventoryQuestion;
  readonly onChoose: (product: string) => void;
}

/** What may run out before the next delivery, what that would cost and what to order now; the API sorts by the column pressed. */
export function StockRiskCard({ question, onChoose }: StockRiskCardProps) {
  const [sort, setSort] = useState<RiskSort>("expectedLostMinor");
  const path = riskPath(question, sort);
  const list = useLoaded(path, () => requestJson<ReorderAnswer>(path));
  const known = list.value?.products.filter(({ stockoutRisk }) => stockoutRisk !== null) ?? [];
  return (
    <section class="card span-12" aria-labelledby="card-risk">
      <h2 class="card-title" id="card-risk">
        {text("stock.risk")}
      </h2>
      <div class="card-body">
        {list.problem !== undefined ? (
          <ProblemNote title={text("stock.reorderFailed")} problem={list.problem} onRetry={list.retry} />
        ) : list.value === undefined ? (
          <div class="skeleton skeleton-table" />
        ) : known.length === 0 ? (
          <p class="note">{text("stock.riskNone")}</p>
        ) : (
          <>
            <p class="card-note">{text("stock.riskNote")}</p>
            <div class="table-scroll" role="region" aria-labelledby="card-risk" tabIndex={0}>
              <table class="data-table" aria-busy={list.isLoading}>
                <Heads sort={sort} onSort={setSort} />
                <tbody>
                  {known.map((entry) => (
                    <Row key={entry.productId} entry={entry} onChoose={() => onChoose(entry.productId)} />
                  ))}
                </tbody>
              </table>
            </div>
          </>
        )}
      </div>
    </section>
  );
}

/** Columns by which the API sorts. */
const SORTED = ["stockoutRisk", "expectedShortage", "expectedLostMinor", "coverDays"] as const;

function Heads({ sort, onSort }: { readonly sort: RiskSort; readonly onSort: (sort: RiskSort) => void }) {
  return (
    <thead>
      <tr>
        <th scope="col">{text("stock.product")}</th>
        {SORTED.map((column) => {
          const heading = text(`stock.${column}`);
          const direction = column === "coverDays" ? "ascending" : "descending";
          return (
            <th key={column} scope="col" class="number" aria-sort={sort === column ? direction : "none"}>
              <button
                type="button"
                class="sort"
                title={text("table.sortBy", { column: heading })}
                onClick={() => onSort(column)}
              >
                {heading}
                <Icon name="chevron" />
              </button>
            </th>
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
      <th scope="row">
        <button type="button" class="sort" onClick={onChoose}>
          {entry.title ?? entry.productId}
          <span class="unit">{entry.productId}</span>
        </button>
      </th>
      <td class="number">{formatValue(stockoutRisk, { unit: "percent" }, language.value)}</td>
      <td class="number">{units(expectedShortage)}</td>
      <td class="number">{lost}</td>
      <td class="number">{units(coverDays)}</td>
      <td class="number">{units(onHand)}</td>
      <td class="number">{units(orderQuantity)}</td>
    </tr>
  );
}
