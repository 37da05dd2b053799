import { Ajv, type Options } from "ajv";
import type { FastifySchemaCompiler } from "fastify";
import { isIsoDate } from "../../core/dates.ts";

/** All faults at once, each with its value: the messages name it. Unknown properties are refused, never removed. */
const SHARED: Options = {
  allErrors: true,
  verbose: true,
  useDefaults: true,
  removeAdditional: false,
  allowUnionTypes: true,
};

/**
 * Compiles input schemas. Query and path are text, so `"5"` may become 5 there; a body says what it means and is
 * taken at its word.
 */
export function createValidatorCompiler(): FastifySchemaCompiler<object> {
  const forBodies = withFormats(new Ajv({ ...SHARED, coerceTypes: false }));
  const forText = withFormats(new Ajv({ ...SHARED, coerceTypes: "array" }));
  return ({ schema, httpPart }) => (httpPart === "body" ? forBodies : forText).compile(schema);
}

function withFormats(ajv: Ajv): Ajv {
  return ajv.addFormat("date", isIsoDate).addFormat("date-time", isInstant);
}

/** RFC 3339 with a zone. */
function isInstant(text: string): boolean {
  const [, day = ""] = /^(\d{4}-\d{2}-\d{2})[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/.exec(text) ?? [];
  return isIsoDate(day) && !Number.isNaN(Date.parse(text));
}
