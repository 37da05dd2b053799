import { useState } from "preact/hooks";

import { PageHeader } from "../layout/page-header.tsx";
import { Field } from "../parts/field.tsx";
import { address, showSettings } from "../state/address.ts";
import { text } from "../state/text.ts";
import { AccuracyCard } from "./accuracy-card.tsx";
import { FanCard } from "./fan-card.tsx";
import {
  forecastPath,
  QUESTION_FIELDS,
  readQuestion,
  reorderPath,
  writeQuestion,
  type InventoryQuestion,
} from "./inventory-question.ts";
import { PriceCard } from "./price-card.tsx";
import { ReorderCard } from "./reorder-card.tsx";
import { StockRiskCard } from "./stock-risk-card.tsx";
import { WhatIfCard } from "./what-if-card.tsx";

/** Id of the page in its address, `/dashboards/inventory`. */
export const INVENTORY_PAGE = "inventory";

/** For the buyer: what will sell, what to order, and what another price would do. */
export function InventoryPage() {
  const question = readQuestion(address.value.searchParams);
  const { product, market } = question;
  const name = [product === "" ? text("stock.everything") : product, ...(market === "" ? [] : [market])].join(" · ");
  return (
    <>
      <PageHeader title={text("stock.title")} description={text("stock.description")} />
      <QuestionForm key={address.value.search} question={question} />
      <div class="cards">
        <FanCard path={forecastPath(question)} name={name} />
        <PriceCard question={question} />
        <WhatIfCard question={question} />
        <StockRiskCard question={question} onChoose={(chosen) => goTo({ ...question, product: chosen })} />
        <ReorderCard
          path={reorderPath(question)}
          chosen={product}
          onChoose={(chosen) => goTo({ ...question, product: chosen })}
        />
        <AccuracyCard />
      </div>
    </>
  );
}

function QuestionForm({ question }: { readonly question: InventoryQuestion }) {
  const [draft, setDraft] = useState(question);
  return (
    <form
      class="filter-bar stock-form"
      onSubmit={(event) => {
        event.preventDefault();
        goTo(draft);
      }}
    >
      {QUESTION_FIELDS.map((name) => (
        <Field
          key={name}
          name={name}
          label={text(`stock.ask.${name}`)}
          placeholder={PLACEHOLDERS[name]}
          value={draft[name]}
          onInput={(typed) =>
            setDraft({ ...draft, [name]: name === "market" ? typed.trim().toUpperCase() : typed.trim() })
          }
        />
      ))}
      <button type="submit" class="button button-primary">
        {text("rec.show")}
      </button>
    </form>
  );
}

/** The defaults of the API, where a field has one. */
const PLACEHOLDERS: Readonly<Record<(typeof QUESTION_FIELDS)[number], string>> = {
  product: "",
  market: "",
  leadTimeDays: "14",
  target: "0.95",
  unitCostMinor: "",
};

function goTo(question: InventoryQuestion): void {
  showSettings(writeQuestion(question));
}
