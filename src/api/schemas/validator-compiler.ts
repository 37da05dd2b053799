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
  return ajv.addFormat("date", isIsoDate);
}
