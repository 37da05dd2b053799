import type { FastifyError } from "fastify";
import type { ErrorCode } from "../../core/error-catalogue.ts";
import { type AppError, fail } from "../../core/errors.ts";
import { describeFault } from "./describe-fault.ts";

/** Fastify's own refusals that a caller can do something about: its code → ours and what to do. */
const REFUSALS: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  FST_ERR_BAD_URL: [
    "REQUEST_INVALID",
    "The path has a percent sign that does not start a UTF-8 escape; write a plain percent sign as %25.",
  ],
  FST_ERR_MAX_PARAM_LENGTH: ["REQUEST_URI_TOO_LONG", "A part of the path is longer than 200 characters; shorten it."],
  FST_ERR_CTP_BODY_TOO_LARGE: ["REQUEST_BODY_TOO_LARGE", "The body is larger than this path takes; send less at once."],
  FST_ERR_CTP_EMPTY_JSON_BODY: ["REQUEST_INVALID", "The body is empty; send JSON or leave content-type out."],
  FST_ERR_CTP_INVALID_JSON_BODY: ["REQUEST_INVALID", "The body is not valid JSON; check quotes, commas and brackets."],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    "REQUEST_INVALID",
    "The header content-length differs from the length of the body; send the number of bytes or leave it out.",
  ],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    "REQUEST_MEDIA_TYPE_UNSUPPORTED",
    "The header content-type names a type this path does not take; see /docs for the ones it does.",
  ],
};

/** Faults shown at most; a body of thousands of wrong items would fill the answer. */
const MAX_FAULTS = 20;

/** The coded error for a refusal by Fastify or a schema; undefined for anything else, which is a fault of ours. */
export function fromFrameworkError(thrown: unknown): AppError | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const error = thrown as Partial<FastifyError>; // Fastify's errors are Errors with these optional fields.
  if (error.validation !== undefined) {
    const faults = error.validation.slice(0, MAX_FAULTS).map((fault) => describeFault(fault, error.validationContext));
    const detail = faults.map((fault) => fault.message).join(" ");
    return fail("REQUEST_INVALID", detail, { errors: faults, cause: thrown });
  }
  const refusal = REFUSALS[error.code ?? ""];
  if (refusal !== undefined) return fail(refusal[0], refusal[1], { cause: thrown });
  const isCallersFault = error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500;
  return isCallersFault
    ? fail("REQUEST_INVALID", "The request cannot be read; see /docs for what this path takes.", { cause: thrown })
    : undefined;
}
