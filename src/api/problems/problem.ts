import { ERROR_CATALOGUE, type ErrorCode } from "../../core/error-catalogue.ts";
import { AppError, type FieldFault } from "../../core/errors.ts";
import { vroomCodeOf } from "../../models/routing/vroom-code.ts";
import { fromFrameworkError } from "./from-framework-error.ts";

export const PROBLEM_MEDIA_TYPE = "application/problem+json";

/** What goes over the wire for every failure: RFC 9457 with our stable `code` and the faults field by field. */
export interface Problem {
  /** Where the code is explained; a path of this server. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The request, as `x-request-id` and the log name it. */
  readonly instance: string;
  readonly code: ErrorCode;
  readonly errors: readonly FieldFault[];
  /** Of routing requests: what VROOM would answer, for its callers; here `code` is ours. */
  readonly vroom?: { readonly code: 1 | 2 | 3; readonly error: string };
}

/** What a caller may be told about a 5xx. Their own details name files, SQL or engine messages and stay in the log. */
const PUBLIC_ADVICE: Partial<Readonly<Record<ErrorCode, string>>> = {
  MODEL_NOT_PUBLISHED: "This release holds no such model: none has passed its gate yet. See GET /v1/releases.",
  PAGES_NOT_BUILT: "The dashboards have not been built; run `npm run build` and reload. The API works without them.",
  RELEASE_NONE: "Nothing has been published yet; run `npx tradewind nightly` and ask again.",
  ROUTE_THREAD_FAILED:
    "A thread of the search could not begin, or ended before its time; ask again, or with fewer threads.",
  ROUTE_TIME_EXCEEDED: "The problem was not solved within the time allowed; send fewer stops or vehicles.",
  SERVER_OVERLOADED: "Too much work is waiting; ask again after the seconds in Retry-After.",
  SHUTTING_DOWN: "The server is about to stop; ask again in a moment.",
  STORAGE_FULL: "The disk of the server is full; free space and send the request again.",
  WAREHOUSE_BUSY: "Another process has the warehouse open; ask again when its run has ended.",
};

const DEFAULT_ADVICE = "Something failed on the server; its log has the cause under this request id.";

/** The problem of a routing request, with what VROOM would answer where it knows such failures. */
export function asVroomToo(problem: Problem): Problem {
  const code = vroomCodeOf(problem.code);
  return code === undefined ? problem : { ...problem, vroom: { code, error: problem.detail } };
}

/** Says what anything thrown means to the caller. A 5xx never shows a message of the code, the engine or a library. */
export function toProblem(thrown: unknown, requestId: string): Problem {
  const error = thrown instanceof AppError ? thrown : fromFrameworkError(thrown);
  const code = error?.code ?? "INTERNAL";
  const { status, title } = ERROR_CATALOGUE[code];
  const isServerFault = status >= 500 || error === undefined;
  return {
    type: `/docs/errors#${code}`,
    title,
    status,
    detail: isServerFault ? (PUBLIC_ADVICE[code] ?? DEFAULT_ADVICE) : error.detail,
    instance: `urn:request:${requestId}`,
    code,
    errors: isServerFault ? [] : error.errors,
  };
}
