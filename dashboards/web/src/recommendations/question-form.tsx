import { useState } from "preact/hooks";

import { ChoiceFilter } from "../filters/choice-filter.tsx";
import { Field } from "../parts/field.tsx";
import { text } from "../state/text.ts";
import {
  MODELS,
  OF_CUSTOMERS,
  SETTINGS,
  SIDES,
  SUBJECTS,
  type Setting,
  type ShelfQuestion,
  type Side,
  type Subject,
} from "./shelf-request.ts";

interface QuestionFormProps {
  readonly question: ShelfQuestion;
  readonly onAsk: (question: ShelfQuestion) => void;
}

const ID_LABELS = { customer: "rec.idOfCustomer", item: "rec.idOfItem", basket: "rec.idOfBasket" } as const;

/** Whom to recommend for, and the two settings; asks when it is sent. */
export function QuestionForm({ question, onAsk }: QuestionFormProps) {
  const [draft, setDraft] = useState(question);
  const change = (side: Side, name: Setting, value: string): void => {
    const { [name]: _before, ...others } = draft.sides[side];
    const settings = value.trim() === "" ? others : { ...others, [name]: value };
    setDraft({ ...draft, sides: { ...draft.sides, [side]: settings } });
  };
  return (
    <form
      class="shelf-form"
      onSubmit={(event) => {
        event.preventDefault();
        onAsk(draft);
      }}
    >
      <div class="filter-bar">
        <ChoiceFilter
          label={text("rec.for")}
          value={draft.subject}
          options={SUBJECTS.map((subject) => ({ value: subject, label: text(`for.${subject}`) }))}
          onChange={(value) => {
            const subject = SUBJECTS.find((each) => each === value);
            if (subject !== undefined) setDraft({ ...draft, subject, id: "" });
          }}
        />
        {draft.subject !== "popular" && (
          <Field
            name="id"
            label={text(ID_LABELS[draft.subject])}
            value={draft.id}
            onInput={(id) => setDraft({ ...draft, id })}
          />
        )}
        <Field
          name="market"
          label={text("rec.market")}
          hint={text("rec.marketHint")}
          value={draft.market}
          onInput={(market) => setDraft({ ...draft, market: market.trim().toUpperCase() })}
        />
        <button type="submit" class="button button-primary">
          {text("rec.show")}
        </button>
        <span class="hint">{text("rec.shareHint")}</span>
      </div>
      <div class="cards">
        {SIDES.map((side) => (
          <fieldset key={side} class="shelf-settings span-6">
            <legend class="filter-label">{text(side === "a" ? "rec.settingsA" : "rec.settingsB")}</legend>
            {MODELS[draft.subject].length > 0 && (
              <ChoiceFilter
                label={text("setting.model")}
                value={draft.sides[side].model ?? ""}
                options={[
                  { value: "", label: text("model.best") },
                  ...MODELS[draft.subject].map((model) => ({ value: model, label: text(`model.${model}`) })),
                ]}
                onChange={(model) => change(side, "model", model)}
              />
            )}
            {SETTINGS.filter((name) => name !== "model" && isOffered(draft.subject, name)).map((name) =>
              name === "excludePurchased" ? (
                <label key={name} class="choice">
                  <input
                    type="checkbox"
                    name={`${side}.${name}`}
                    checked={draft.sides[side][name] !== "false"}
                    onChange={(event) => change(side, name, event.currentTarget.checked ? "" : "false")}
                  />
                  {text(`setting.${name}`)}
                </label>
              ) : (
                <Field
                  key={name}
                  name={`${side}.${name}`}
                  label={text(`setting.${name}`)}
                  value={draft.sides[side][name] ?? ""}
                  onInput={(value) => change(side, name, value)}
                />
              ),
            )}
          </fieldset>
        ))}
      </div>
    </form>
  );
}

function isOffered(subject: Subject, name: Setting): boolean {
  return subject === "customer" || !OF_CUSTOMERS.includes(name);
}
