import { AppError, type AppErrorOptions, type ErrorCode } from "./errors.ts";

/** An error as plain data, for another thread: cloning alone would lose its code. */
export interface PackedError {
  /** Of an expected error; undefined of any other. */
  readonly app: (Omit<AppErrorOptions, "cause"> & { readonly code: ErrorCode }) | undefined;
  readonly message: string;
  readonly stack: string | undefined;
  readonly cause: PackedError | undefined;
}

export function packError(error: unknown): PackedError {
  const { message, stack, cause } = error instanceof Error ? error : new Error(String(error));
  return {
    app:
      error instanceof AppError
        ? { code: error.code, detail: error.detail, errors: error.errors, meta: error.meta }
        : undefined,
    message,
    stack,
    cause: cause === undefined ? undefined : packError(cause),
  };
}

/** The error again, with the stack of the thread that it was thrown in. */
export function unpackError({ app, message, stack, cause }: PackedError): Error {
  const options = cause === undefined ? {} : { cause: unpackError(cause) };
  const error = app === undefined ? new Error(message, options) : new AppError(app.code, { ...app, ...options });
  if (stack !== undefined) error.stack = stack;
  return error;
}
