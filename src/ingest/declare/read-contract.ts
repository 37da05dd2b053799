import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fail } from "../../core/errors.ts";
import type { ColumnType, Contract, ContractColumn, Identity } from "./contract.ts";
import { compileSchema, readDeclaration, type Declaration } from "./read-declaration.ts";
import { IDENTIFIER, RULES_SCHEMA } from "./rule-schema.ts";

const TYPES: readonly ColumnType[] = [
  "text",
  "integer",
  "decimal",
  "number",
  "boolean",
  "date",
  "timestamp",
  "market",
  "currency",
  "money",
];

type ColumnFile = Partial<Omit<ContractColumn, "name" | "type">> & { readonly type: ColumnType };
interface ContractFile {
  readonly dataset: string;
  readonly title: string;
  readonly table: string;
  readonly identity: { content?: string[]; key?: string[]; version?: string };
  readonly controlTotal?: [string, string];
  readonly columns: Record<string, ColumnFile>;
}

const texts = { type: "array", items: { type: "string" }, minItems: 1 } as const;
const validate = compileSchema<ContractFile>({
  type: "object",
  additionalProperties: false,
  required: ["dataset", "title", "table", "identity", "columns"],
  properties: {
    dataset: { type: "string", pattern: "^[a-z][a-z-]*$" },
    title: { type: "string" },
    table: { type: "string", pattern: IDENTIFIER },
    identity: {
      type: "object",
      additionalProperties: false,
      properties: { content: texts, key: texts, version: { type: "string" } },
    },
    controlTotal: { type: "array", items: { type: "string" }, minItems: 2, maxItems: 2 },
    columns: {
      type: "object",
      propertyNames: { pattern: IDENTIFIER },
      additionalProperties: {
        type: "object",
        additionalProperties: false,
        required: ["type"],
        properties: {
          type: { enum: TYPES },
          field: { type: "string", pattern: IDENTIFIER },
          accept: texts,
          required: { type: "boolean" },
          min: { type: ["string", "number"] },
          max: { type: ["string", "number"] },
          boundsExcept: { type: "object", additionalProperties: texts },
          maxLength: { type: "integer", minimum: 1 },
          allowed: texts,
          otherwise: { type: ["string", "number", "boolean"] },
          rules: RULES_SCHEMA,
          derive: {
            type: "object",
            additionalProperties: false,
            minProperties: 1,
            maxProperties: 1,
            properties: {
              localDayOf: { type: "string" },
              product: { type: "array", items: { type: "string" }, minItems: 2, maxItems: 2 },
            },
          },
        },
      },
    },
  },
});

const FOLDER = fileURLToPath(new URL("../contracts/", import.meta.url));
const cache = new Map<string, Contract>();

export function listContractNames(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -".yaml".length))
    .sort();
}

/** The contract of a dataset (`order-lines`, or `order_lines`). Throws `INGEST_DATASET_UNKNOWN` naming the known ones. */
export function readContract(dataset: string): Contract {
  const name = dataset.replaceAll("_", "-");
  const known = cache.get(name);
  if (known !== undefined) return known;
  if (!listContractNames().includes(name)) {
    throw fail(
      "INGEST_DATASET_UNKNOWN",
      `There is no dataset "${dataset}"; known are ${listContractNames().join(", ")}.`,
    );
  }
  const contract = parseContract(`${FOLDER}${name}.yaml`, `contracts/${name}.yaml`);
  cache.set(name, contract);
  return contract;
}

/** Reads one contract file. Exported for tests of bad files; everything else calls `readContract`. */
export function parseContract(file: string, label: string): Contract {
  const declaration = readDeclaration(file, label, validate);
  const { value } = declaration;
  const columns = Object.entries(value.columns).map(([name, column]): ContractColumn => ({
    ...column,
    name,
    field: column.field ?? (column.type === "money" ? name.replace(/_minor$/, "") : name),
    accept: column.accept ?? [],
    required: column.required ?? false,
  }));
  checkReferences(declaration, columns);
  return {
    dataset: value.dataset,
    title: value.title,
    table: value.table,
    columns,
    identity: readIdentity(declaration),
    digest: declaration.digest,
    ...(value.controlTotal === undefined ? {} : { controlTotal: value.controlTotal }),
  };
}

function readIdentity(declaration: Declaration<ContractFile>): Identity {
  const { content, key, version } = declaration.value.identity;
  if (content !== undefined && key === undefined && version === undefined) return { kind: "content", fields: content };
  if (key !== undefined && content === undefined) {
    return { kind: "key", columns: key, ...(version === undefined ? {} : { version }) };
  }
  throw declaration.refuse(["identity"], "identity must give either content, or key with an optional version.");
}

/** Every name that the contract uses must be one of its columns or fields. */
function checkReferences(declaration: Declaration<ContractFile>, columns: readonly ContractColumn[]): void {
  const names = new Set(columns.map((column) => column.name));
  const fields = new Set(columns.map((column) => column.field));
  const { identity, controlTotal } = declaration.value;
  const check = (path: string[], name: string, known: ReadonlySet<string>): void => {
    if (!known.has(name)) throw declaration.refuse(path, `"${name}" is not one of ${[...known].join(", ")}.`);
  };
  for (const field of identity.content ?? []) check(["identity", "content"], field, fields);
  for (const column of identity.key ?? []) check(["identity", "key"], column, names);
  if (identity.version !== undefined) check(["identity", "version"], identity.version, names);
  for (const field of controlTotal ?? []) check(["controlTotal"], field, fields);
  for (const column of columns) {
    for (const rule of column.rules ?? []) {
      for (const field of Object.keys(rule.when)) check(["columns", column.name, "rules"], field, fields);
    }
    if (column.derive !== undefined) {
      const inputs = "product" in column.derive ? column.derive.product : [column.derive.localDayOf];
      for (const field of inputs) check(["columns", column.name, "derive"], field, fields);
    }
  }
}
