import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import type { FieldFault } from "../../core/errors.ts";
import { packageRoot } from "../../core/paths.ts";
import type { ValuePath, YamlFile } from "./yaml-file.ts";

/** A check of files against a JSON Schema of `dashboards/schemas`: every fault of a file at once, with its line. */
export type SchemaCheck = (file: YamlFile) => FieldFault[];

export function createSchemaCheck(schemaName: string): SchemaCheck {
  const path = join(packageRoot(), "dashboards", "schemas", `${schemaName}.schema.json`);
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false, verbose: true });
  // JSON.parse yields `any`; the compiler of the schema checks its shape.
  const validate = ajv.compile(JSON.parse(readFileSync(path, "utf8")) as object);
  return (file) => {
    if (file.syntaxFaults.length > 0) return [...file.syntaxFaults];
    if (validate(file.value)) return [];
    const faults = (validate.errors ?? []).flatMap((error) => describe(error, file));
    return faults.filter((fault, index) => index === faults.findIndex((other) => isSameFault(other, fault)));
  };
}

function isSameFault(left: FieldFault, right: FieldFault): boolean {
  return left.pointer === right.pointer && left.message === right.message;
}

/** One schema error in words that name the fault and what is accepted. */
function describe(error: ErrorObject, file: YamlFile): FieldFault[] {
  const path = toPath(error.instancePath, file.value);
  const params: Readonly<Record<string, unknown>> = error.params;
  switch (error.keyword) {
    case "if":
      return [];
    case "additionalProperties": {
      const known = Object.keys(Object(error.parentSchema?.["properties"])).join(", ");
      return [
        file.fault(
          [...path, String(params["additionalProperty"])],
          `is not a known property; known are ${known}.`,
          true,
        ),
      ];
    }
    case "false schema":
      return [file.fault(path, `does not belong here; remove it. ${whyRefused(path, file.value)}`.trim(), true)];
    case "required":
      return [file.fault([...path, String(params["missingProperty"])], "is missing.")];
    case "enum":
      return [
        file.fault(path, `is ${show(error.data)}; accepted are ${(params["allowedValues"] as unknown[]).join(", ")}.`),
      ];
    case "const":
      return [file.fault(path, `is ${show(error.data)}; it must be ${show(params["allowedValue"])}.`)];
    case "pattern":
      return [file.fault(path, `is ${show(error.data)}; it must match ${String(params["pattern"])}.`)];
    case "type":
      return [file.fault(path, `is ${show(error.data)}; it must be of type ${String(params["type"])}.`)];
    default:
      return [file.fault(path, `is ${show(error.data)}; it ${error.message ?? "is not valid"}.`)];
  }
}

/** A property refused by `false` depends on the type or kind beside it. */
function whyRefused(path: ValuePath, root: unknown): string {
  let parent: unknown = root;
  for (const part of path.slice(0, -1)) parent = Object(parent)[part];
  const owner: Readonly<Record<string, unknown>> = Object(parent);
  const kind = owner["kind"] ?? owner["type"];
  return kind === undefined ? "" : `The kind here is ${show(kind)}.`;
}

/** JSON pointer → keys, with list positions as numbers. */
function toPath(pointer: string, root: unknown): ValuePath {
  let value: unknown = root;
  return pointer
    .split("/")
    .slice(1)
    .map((part) => {
      const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
      const index = Array.isArray(value) ? Number(key) : key;
      value = Object(value)[index];
      return index;
    });
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
