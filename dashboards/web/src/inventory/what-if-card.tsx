import { useId, useState } from "preact/hooks";

import { requestJson } from "../api/request-json.ts";
import { ColumnHeads } from "../parts/column-heads.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { useLoaded } from "../state/use-loaded.ts";
import { DASH, formatValue } from "../text/format.ts";
import { describeElasticity } from "./describe-elasticity.ts";
import type { InventoryQuestion } from "./inventory-question.ts";
import type { PriceOutcome, Ranged, WhatIfAnswer } from "./inventory-types.ts";
import { EMPTY_SCENARIO, SCENARIO_FIELDS, writeScenario, type Scenario } from "./what-if-scenario.ts";

/** Demand, revenue and margin of the chosen product over four weeks at another price, or under a promotion of some days. */
export function WhatIfCard({ question }: { readonly question: InventoryQuestion }) {
  const [scenario, setScenario] = useState<Scenario>(EMPTY_SCENARIO);
  const body = writeScenario(question, scenario);
  const answer = useLoaded(body === undefined ? undefined : `what if ${JSON.stringify(body)}`, () =>
    requestJson<WhatIfAnswer>("/v1/pricing/what-if", body),
  );
  return (
    <section class="card span-12" aria-labelledby="card-what-if">
      <h2 class="card-title" id="card-what-if">
        {text("stock.whatIf")}
      </h2>
      <div class="card-body">
        <ScenarioForm onAsk={setScenario} />
        {body === undefined ? (
          <p class="note">{text("stock.whatIfAsk")}</p>
        ) : answer.problem !== undefined ? (
          <ProblemNote title={text("stock.whatIfFailed")} problem={answer.problem} onRetry={answer.retry} />
        ) : answer.value === undefined ? (
          <div class="skeleton skeleton-table" />
        ) : (
          <Outcomes answer={answer.value} />
        )}
      </div>
    </section>
  );
}

function ScenarioForm({ onAsk }: { readonly onAsk: (scenario: Scenario) => void }) {
  const [draft, setDraft] = useState<Scenario>(EMPTY_SCENARIO);
  const id = useId();
  return (
    <form
      class="filter-bar stock-form"
      data-form="what-if"
      onSubmit={(event) => {
        event.preventDefault();
        onAsk(draft);
      }}
    >
      {SCENARIO_FIELDS.map((name) => (
        <div key={name} class="filter">
          <label class="filter-label" for={`${id}-${name}`}>
            {text(`stock.whatIf.${name}`)}
          </label>
          <input
            id={`${id}-${name}`}
            name={name}
            class="control"
            inputMode="decimal"
            autocomplete="off"
            value={draft[name]}
            onInput={(event) => setDraft({ ...draft, [name]: event.currentTarget.value.trim() })}
          />
        </div>
      ))}
      <button type="submit" class="button button-primary">
        {text("rec.show")}
      </button>
    </form>
  );
}

function Outcomes({ answer }: { readonly answer: WhatIfAnswer }) {
  const { currency } = answer;
  const money = (value: number): string => formatValue(Math.round(value), { unit: "money", currency }, language.value);
  const count = (value: number): string => formatValue(Math.round(value), { unit: "count" }, language.value);
  const row = (key: "now" | "changed", outcome: PriceOutcome) => (
    <tr data-scenario={key}>
      <th scope="row">{text(`stock.whatIf.${key}`)}</th>
      <td class="number">{money(outcome.priceMinor)}</td>
      <RangeCell range={outcome.units} write={count} />
      <RangeCell range={outcome.revenueMinor} write={money} />
      <RangeCell range={outcome.marginMinor} write={money} />
    </tr>
  );
  return (
    <>
      <p class="card-note">
        {describeElasticity(answer)} {text("stock.whatIfNote")}
      </p>
      <div class="table-scroll" role="region" aria-labelledby="card-what-if" tabIndex={0}>
        <table class="data-table">
          <caption class="visually-hidden">{text("stock.whatIf")}</caption>
          <ColumnHeads
            words={[""]}
            numbers={[text("stock.unitPrice"), text("stock.units"), text("stock.revenue"), text("stock.margin")]}
          />
          <tbody>
            {row("now", answer.now)}
            {row("changed", answer.changed)}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** What is expected, and the interval below it where it has any width. */
function RangeCell({ range, write }: { readonly range: Ranged | null; readonly write: (value: number) => string }) {
  if (range === null) return <td class="number">{DASH}</td>;
  const [low, high] = [write(range.low), write(range.high)];
  return (
    <td class="number">
      {write(range.expected)}
      {low !== high && (
        <span class="unit">
          {low} – {high}
        </span>
      )}
    </td>
  );
}
