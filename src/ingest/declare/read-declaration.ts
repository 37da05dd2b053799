import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { isNode, LineCounter, parseDocument, type Document } from "yaml";
import { fail } from "../../core/errors.ts";

/** A YAML file whose content passed its schema, with the means to name a line in it. */
export interface Declaration<T> {
  readonly value: T;
  readonly digest: string;
  /** Error that points at the line of `path` inside the file. */
  refuse(path: readonly string[], fault: string): Error;
}

const ajv = new Ajv({ allErrors: false, useDefaults: true, strict: true, strictTypes: false, allowUnionTypes: true });

export function compileSchema<T>(schema: object): ValidateFunction<T> {
  return ajv.compile<T>(schema);
}

/**
 * Reads a declaration and checks it. Throws `INGEST_CONTRACT_INVALID` with file, line, fault and fix.
 * Plain YAML 1.2 core schema: `NO` is text, dates are text.
 */
export function readDeclaration<T>(file: string, label: string, validate: ValidateFunction<T>): Declaration<T> {
  const text = readFileSync(file, "utf8");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, version: "1.2" });
  const syntax = document.errors[0];
  if (syntax !== undefined) {
    throw fail(
      "INGEST_CONTRACT_INVALID",
      `${label}:${lines.linePos(syntax.pos[0]).line}: ${firstLine(syntax.message)}`,
    );
  }
  const refuse = (path: readonly string[], fault: string): Error =>
    fail("INGEST_CONTRACT_INVALID", `${label}:${lineOf(document, lines, path)}: ${fault}`);
  const value: unknown = document.toJS();
  if (!validate(value)) {
    const error = validate.errors?.[0];
    throw error === undefined ? refuse([], "not valid") : refuse(pathOf(error), describe(error));
  }
  return { value, digest: createHash("sha256").update(text).digest("hex").slice(0, 12), refuse };
}

function pathOf(error: ErrorObject): string[] {
  const path = error.instancePath
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const extra: unknown = error.params["additionalProperty"];
  return typeof extra === "string" ? [...path, extra] : path;
}

/** Line of the deepest node on `path` that exists. */
function lineOf(document: Document, lines: LineCounter, path: readonly string[]): number {
  for (let depth = path.length; depth >= 0; depth--) {
    const node: unknown = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function describe(error: ErrorObject): string {
  const where = pathOf(error).join(".") || "the file";
  if (error.keyword === "additionalProperties") return `"${where}" is not known here; remove it or correct its name.`;
  if (error.keyword === "enum") {
    const accepted = (error.params["allowedValues"] as readonly unknown[]).join(", ");
    return `${where} must be one of ${accepted}.`;
  }
  if (error.keyword === "required") return `${where} lacks "${String(error.params["missingProperty"])}"; add it.`;
  return `${where} ${error.message ?? "is not valid"}; correct it.`;
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0] ?? message;
}
