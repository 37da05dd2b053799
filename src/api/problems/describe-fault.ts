import type { FastifySchemaValidationError } from "fastify/types/schema.d.ts";
import type { FieldFault } from "../../core/errors.ts";

type Validated = FastifySchemaValidationError & { readonly data?: unknown; readonly parentSchema?: unknown };

/**
 * A fault found by Ajv as JSON pointer into the body (`/items/0/quantity`), or `/name` of a query, path or header
 * parameter, and a sentence that names the field, the fault of its value and the fix. Ajv must run with `verbose`, so
 * that the value is known.
 */
export function describeFault(fault: Validated, place = "body"): FieldFault {
  const { field, sentence } = explain(fault);
  const pointer = `${fault.instancePath}${field === undefined ? "" : `/${escapePointer(field)}`}`;
  return { pointer, message: `${nameOf(fault.instancePath, field, place)} ${sentence}.` };
}

interface Explanation {
  /** Property below the pointer that the fault is about. */
  readonly field?: string;
  readonly sentence: string;
}

function explain({ keyword, params, data, message, parentSchema }: Validated): Explanation {
  const value = quote(data);
  switch (keyword) {
    case "required":
      return { field: String(params["missingProperty"]), sentence: "is missing; add it" };
    case "additionalProperties":
      return { field: String(params["additionalProperty"]), sentence: `is not known here; ${suggest(parentSchema)}` };
    case "type":
      return { sentence: `is ${value}; it must be ${describeTypes(params["type"])}` };
    case "enum":
      return { sentence: `is ${value}; use one of ${listValues(params["allowedValues"])}` };
    case "minimum":
    case "maximum":
      return { sentence: `is ${value}; it must be ${String(params["comparison"])} ${String(params["limit"])}` };
    case "minLength":
      return {
        sentence: String(data) === "" ? "is empty; fill it in or leave it out" : `is ${value}; it is too short`,
      };
    case "maxLength":
      return { sentence: `is ${value}; it must have at most ${String(params["limit"])} characters` };
    case "minItems":
    case "maxItems":
      return { sentence: `has ${sizeOf(data)} entries; it must have ${bound(keyword, params["limit"])}` };
    case "uniqueItems":
      return { sentence: "names an entry twice; leave the second out" };
    case "pattern":
      return { sentence: `is ${value}; it must match ${String(params["pattern"])}${exampleOf(parentSchema)}` };
    case "format":
      return { sentence: `is ${value}; write it as ${FORMATS[String(params["format"])] ?? String(params["format"])}` };
    default:
      return { sentence: `is ${value}; it ${message ?? "is not valid"}` };
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  date: "a calendar day, YYYY-MM-DD",
  "date-time": "an RFC 3339 instant, YYYY-MM-DDTHH:MM:SSZ",
};

function nameOf(instancePath: string, field: string | undefined, place: string): string {
  const path = [...instancePath.split("/").slice(1).map(unescapePointer), ...(field === undefined ? [] : [field])];
  if (path.length === 0) return `The ${place}`;
  return path.reduce(
    (name, part) => (/^\d+$/.test(part) ? `${name}[${part}]` : name === "" ? part : `${name}.${part}`),
    "",
  );
}

/** Values are shown to the caller who sent them, cut short. */
function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function describeTypes(type: unknown): string {
  const types = Array.isArray(type) ? type.map(String) : String(type).split(",");
  return types.map((name) => TYPE_NAMES[name] ?? name).join(" or ");
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  array: "an array",
  boolean: "true or false",
  integer: "a whole number",
  null: "null",
  number: "a number",
  object: "an object",
  string: "a text",
};

function suggest(parentSchema: unknown): string {
  const properties = (parentSchema as { readonly properties?: object } | undefined)?.properties ?? {};
  const names = Object.keys(properties);
  return names.length === 0 ? "remove it" : `remove it or use one of ${names.join(", ")}`;
}

function exampleOf(parentSchema: unknown): string {
  const [example] = (parentSchema as { readonly examples?: readonly string[] } | undefined)?.examples ?? [];
  return example === undefined ? "" : `, such as ${example}`;
}

function listValues(values: unknown): string {
  return Array.isArray(values) ? values.map(String).join(", ") : String(values);
}

function bound(keyword: string, limit: unknown): string {
  return `${keyword.startsWith("min") ? "at least" : "at most"} ${String(limit)}`;
}

function sizeOf(data: unknown): number {
  return Array.isArray(data) ? data.length : 0;
}

function escapePointer(part: string): string {
  return part.replaceAll("~", "~0").replaceAll("/", "~1");
}

function unescapePointer(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}
