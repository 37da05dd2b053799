import type { ComponentChildren } from "preact";

import type { Loaded } from "../state/use-loaded.ts";
import { ProblemNote } from "./problem-note.tsx";

interface LoadedCardProps<T> {
  /** The heading gets the id `card-…`. */
  readonly id: string;
  readonly title: ComponentChildren;
  /** Stands beside the title, smaller. */
  readonly unit?: string | undefined;
  readonly loaded: Loaded<T>;
  /** Title of the note when it could not be loaded. */
  readonly failed: string;
  /** What to show where nothing has been asked yet; undefined once something has. */
  readonly ask?: string | undefined;
  /** What to show for an answer that holds nothing; undefined where it holds something. */
  readonly empty?: (value: T) => string | undefined;
  readonly skeleton?: "table" | "chart";
  /** Above the answer in every state, such as a form. */
  readonly before?: ComponentChildren;
  readonly children: (value: T) => ComponentChildren;
}

/** A card with an answer of the API: nothing asked, failed, on its way, empty, or its content. */
export function LoadedCard<T>(props: LoadedCardProps<T>) {
  const { id, title, unit, before } = props;
  return (
    <section class="card span-12" aria-labelledby={`card-${id}`}>
      <h2 class="card-title" id={`card-${id}`}>
        {title}
        {unit !== undefined && <span class="card-unit">{unit}</span>}
      </h2>
      <div class="card-body">
        {before}
        <LoadedBody {...props} />
      </div>
    </section>
  );
}

function LoadedBody<T>({ loaded, failed, ask, empty, skeleton = "table", children }: LoadedCardProps<T>) {
  const { value, problem, retry } = loaded;
  if (ask !== undefined) return <p class="note">{ask}</p>;
  if (problem !== undefined) return <ProblemNote title={failed} problem={problem} onRetry={retry} />;
  if (value === undefined) return <div class={`skeleton skeleton-${skeleton}`} />;
  const nothing = empty?.(value);
  return nothing === undefined ? <>{children(value)}</> : <p class="note">{nothing}</p>;
}
