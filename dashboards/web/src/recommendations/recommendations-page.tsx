import { useState } from "preact/hooks";

import { PageHeader } from "../layout/page-header.tsx";
import { address, showSettings } from "../state/address.ts";
import { text } from "../state/text.ts";
import { CheckCard } from "./check-card.tsx";
import { ExperimentCards } from "./experiment-card.tsx";
import { ModelFigures } from "./model-figures.tsx";
import { QuestionForm } from "./question-form.tsx";
import { Shelf } from "./shelf.tsx";
import { readQuestion, SIDES, toCall, writeQuestion, type ShelfQuestion, type Side } from "./shelf-request.ts";

/** Id of the page in its address, `/dashboards/recommendations`. */
export const RECOMMENDATIONS_PAGE = "recommendations";

/** Items of each side's last answer, and the call that it answers. */
type Shown = Readonly<Partial<Record<Side, { readonly call: string; readonly items: readonly string[] }>>>;

/** For the merchandiser: what anybody is shown, with reasons, under two settings at once. */
export function RecommendationsPage() {
  const question = readQuestion(address.value.searchParams);
  const [shown, setShown] = useState<Shown>({});
  const itemsOf = (side: Side): readonly string[] | undefined =>
    shown[side]?.call === JSON.stringify(toCall(question, side)) ? shown[side]?.items : undefined;

  return (
    <>
      <PageHeader title={text("rec.title")} description={text("rec.description")} />
      <QuestionForm key={address.value.search} question={question} onAsk={goTo} />
      <Overlap a={itemsOf("a")} b={itemsOf("b")} />
      <div class="cards">
        {SIDES.map((side) => (
          <section key={side} class="card card-shelf span-6" aria-labelledby={`card-shelf-${side}`}>
            <h2 class="card-title" id={`card-shelf-${side}`}>
              {text(side === "a" ? "rec.settingsA" : "rec.settingsB")}
            </h2>
            <Shelf
              call={toCall(question, side)}
              label={text(side === "a" ? "rec.settingsA" : "rec.settingsB")}
              others={itemsOf(side === "a" ? "b" : "a")}
              onLoad={(items, call) => setShown((before) => ({ ...before, [side]: { items, call } }))}
            />
          </section>
        ))}
        <CheckCard question={question} />
        <ExperimentCards />
        <ModelFigures />
      </div>
    </>
  );
}

interface OverlapProps {
  readonly a: readonly string[] | undefined;
  readonly b: readonly string[] | undefined;
}

/** How much of the two lists is the same. */
function Overlap({ a, b }: OverlapProps) {
  if (a === undefined || b === undefined) return null;
  const both = a.filter((item) => b.includes(item)).length;
  return <p class="shelf-overlap">{text("rec.overlap", { both, onlyA: a.length - both, onlyB: b.length - both })}</p>;
}

function goTo(question: ShelfQuestion): void {
  showSettings(writeQuestion(question));
}
