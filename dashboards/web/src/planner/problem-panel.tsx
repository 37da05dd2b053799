import { text } from "../state/text.ts";
import { createExample, createTripExample } from "./create-example.ts";
import { NumberField } from "./number-field.tsx";
import { Panel } from "./panel.tsx";
import { fault, isSearching, problemText, search, stopSearch, timeLimitSec } from "./planner-state.ts";

const EXAMPLES = [
  { label: "planner.exampleSmall", create: () => createExample(40) },
  { label: "planner.exampleTrips", create: createTripExample },
  { label: "planner.exampleLarge", create: () => createExample(1000) },
] as const;

/** Where a problem comes from: pasted, a file, an example; and the button that plans it. */
export function ProblemPanel() {
  const readFile = async (input: HTMLInputElement): Promise<void> => {
    const file = input.files?.[0];
    if (file !== undefined) problemText.value = await file.text();
    input.value = "";
  };
  const examples = EXAMPLES.map(({ label, create }) => (
    <button
      key={label}
      type="button"
      class="button button-plain"
      onClick={() => (problemText.value = JSON.stringify(create(), null, 1))}
    >
      {text(label)}
    </button>
  ));
  return (
    <Panel name="problem" title={text("planner.problem")} tools={examples}>
      <label class="filter-label" for="planner-text">
        {text("planner.problemHint")}
      </label>
      <textarea
        id="planner-text"
        class="planner-text"
        spellcheck={false}
        value={problemText.value}
        onInput={(event) => (problemText.value = event.currentTarget.value)}
      />
      <div class="planner-controls">
        <label class="button planner-file">
          {text("planner.upload")}
          <input
            class="visually-hidden"
            type="file"
            accept=".json,application/json"
            onChange={(event) => void readFile(event.currentTarget)}
          />
        </label>
        <NumberField label={text("planner.timeLimit")} min={1} max={600} value={timeLimitSec} />
        {isSearching.value ? (
          <button type="button" class="button" onClick={() => void stopSearch()}>
            {text("planner.stopSearch")}
          </button>
        ) : (
          <button
            type="button"
            class="button button-primary"
            disabled={problemText.value.trim() === ""}
            onClick={() => void search()}
          >
            {text("planner.run")}
          </button>
        )}
      </div>
      {fault.value !== undefined && (
        <p class="note note-problem" role="alert">
          {fault.value.code === "NOT_JSON"
            ? text("planner.notJson", { detail: fault.value.detail })
            : fault.value.detail}
        </p>
      )}
    </Panel>
  );
}
