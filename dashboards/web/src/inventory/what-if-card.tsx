import { useState } from "preact/hooks";

import { requestJson } from "../api/request-json.ts";
import { CardTable } from "../parts/card-table.tsx";
import { ColumnHeads } from "../parts/column-heads.tsx";
import { Field } from "../parts/field.tsx";
import { LoadedCard } from "../parts/loaded-card.tsx";
import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { useLoaded } from "../state/use-loaded.ts";
import { DASH, formatValue } from "../text/format.ts";
import { BeyondSeenNote } from "./beyond-seen-note.tsx";
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
    <LoadedCard
      id="what-if"
      title={text("stock.whatIf")}
      loaded={answer}
      failed={text("stock.whatIfFailed")}
      ask={body === undefined ? text("stock.whatIfAsk") : undefined}
      before={<ScenarioForm onAsk={setScenario} />}
    >
      {(outcomes) => <Outcomes answer={outcomes} />}
    </LoadedCard>
  );
}

function ScenarioForm({ onAsk }: { readonly onAsk: (scenario: Scenario) => void }) {
  const [draft, setDraft] = useState<Scenario>(EMPTY_SCENARIO);
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
        <Field
          key={name}
          name={name}
          label={text(`stock.whatIf.${name}`)}
          isDecimal
          value={draft[name]}
          onInput={(value) => setDraft({ ...draft, [name]: value.trim() })}
        />
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
      <BeyondSeenNote price={answer.changed.priceMinor} seen={answer} />
      <CardTable card="what-if" caption={text("stock.whatIf")}>
        <ColumnHeads
          words={[""]}
          numbers={[text("stock.unitPrice"), text("stock.units"), text("stock.revenue"), text("stock.margin")]}
        />
        <tbody>
          {row("now", answer.now)}
          {row("changed", answer.changed)}
        </tbody>
      </CardTable>
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
        <span class="unit range">
          {low} – {high}
        </span>
      )}
    </td>
  );
}
