import { ERROR_CATALOGUE, type ErrorCode } from "./error-catalogue.ts";

export type { ErrorCode } from "./error-catalogue.ts";

/** One fault inside a structured input: where it is (JSON pointer or field name) and what to change. */
export interface FieldFault {
  readonly pointer: string;
  readonly message: string;
}

export interface AppErrorOptions {
  readonly detail: string;
  readonly cause?: unknown;
  readonly errors?: readonly FieldFault[];
  /** Figures that help a person or a log reader; never secrets or personal data. */
  readonly meta?: Readonly<Record<string, unknown>>;
}

/**
 * An expected failure with a stable code. `detail` names the field, the fault of its value and the fix.
 * Status, title and whether a retry can help come from the catalogue.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly retryable: boolean;
  readonly errors: readonly FieldFault[];
  readonly meta: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, options: AppErrorOptions) {
    super(`${code}: ${options.detail}`, options.cause === undefined ? undefined : { cause: options.cause });
    const entry = ERROR_CATALOGUE[code];
    this.name = "AppError";
    this.code = code;
    this.status = entry.status;
    this.title = entry.title;
    this.retryable = entry.retryable;
    this.detail = options.detail;
    this.errors = options.errors ?? [];
    this.meta = options.meta ?? {};
  }
}

/** Builds the error; call as `throw fail("CODE", "detail")`. */
export function fail(code: ErrorCode, detail: string, options: Omit<AppErrorOptions, "detail"> = {}): AppError {
  return new AppError(code, { ...options, detail });
}

/** Message of anything that was thrown, for logs and terminals. */
export function describeError(error: unknown): string {
  if (error instanceof AppError) return `${error.code}: ${error.detail}`;
  if (error instanceof Error) return error.message;
  return String(error);
}
