import type { RequestProblem } from "../api/request-json.ts";
import { text } from "../state/text.ts";

interface ProblemNoteProps {
  readonly title: string;
  readonly problem: RequestProblem;
  readonly onRetry: () => void;
}

/** What went wrong, in the API's words, and a way to try again. */
export function ProblemNote({ title, problem, onRetry }: ProblemNoteProps) {
  return (
    <div class="note note-problem" role="alert">
      <p class="note-title">{title}</p>
      <p>{problem.code === "NETWORK" ? text("card.failedOffline") : problem.detail}</p>
      {problem.reference !== undefined && <p class="note-reference">{problem.reference}</p>}
      <button type="button" class="button" onClick={onRetry}>
        {text("card.retry")}
      </button>
    </div>
  );
}
