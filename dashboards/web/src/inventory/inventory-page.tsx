import { useEffect, useId, useState } from "preact/hooks";

import { Preferences } from "../layout/preferences.tsx";
import { address, navigate } from "../state/address.ts";
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
  const title = text("stock.title");
  const { product, market } = question;
  const name = [product === "" ? text("stock.everything") : product, ...(market === "" ? [] : [market])].join(" · ");
  useEffect(() => {
    document.title = `${title} · ${text("app.name")}`;
  }, [title]);

  return (
    <>
      <header class="page-header">
        <div>
          <h1>{title}</h1>
          <p class="page-description">{text("stock.description")}</p>
        </div>
        <Preferences />
      </header>
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
  const id = useId();
  return (
    <form
      class="filter-bar stock-form"
      onSubmit={(event) => {
        event.preventDefault();
        goTo(draft);
      }}
    >
      {QUESTION_FIELDS.map((name) => (
        <div key={name} class="filter">
          <label class="filter-label" for={`${id}-${name}`}>
            {text(`stock.ask.${name}`)}
          </label>
          <input
            id={`${id}-${name}`}
            name={name}
            class="control"
            autocomplete="off"
            placeholder={PLACEHOLDERS[name]}
            value={draft[name]}
            onInput={(event) => {
              const typed = event.currentTarget.value.trim();
              setDraft({ ...draft, [name]: name === "market" ? typed.toUpperCase() : typed });
            }}
          />
        </div>
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
  const url = new URL(address.value);
  const language = url.searchParams.get("lang");
  url.search = writeQuestion(question).toString();
  if (language !== null) url.searchParams.set("lang", language);
  navigate(url);
}
