import type { ProblemAnswer } from "../api-types.ts";

/** An answer that is not the one asked for; `detail` is meant for the reader. */
export class RequestProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** What names the request in the server's log. */
  readonly reference: string | undefined;

  constructor(status: number, code: string, detail: string, reference?: string) {
    super(`${code}: ${detail}`);
    this.name = "RequestProblem";
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.reference = reference;
  }
}

/** Asks the API; throws a `RequestProblem` for every other answer than 2xx, and for none at all (code `NETWORK`). */
export async function requestJson<Answer>(path: string, body?: unknown): Promise<Answer> {
  const post = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(path, body === undefined ? {} : post).catch((cause: unknown) => {
    throw new RequestProblem(0, "NETWORK", String(cause));
  });
  if (!response.ok) throw await readProblem(response);
  // The API answers by its published schema, which api-types.ts mirrors.
  return (await response.json()) as Answer;
}

async function readProblem(response: Response): Promise<RequestProblem> {
  const fallback = { title: response.statusText, status: response.status };
  // A proxy in between may answer with a page instead of a problem document.
  const answer = (await response.json().catch(() => fallback)) as ProblemAnswer;
  return new RequestProblem(response.status, answer.code ?? "UNKNOWN", answer.detail ?? answer.title, answer.instance);
}
