import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fail } from "../../core/errors.ts";
import type { Contract } from "./contract.ts";
import { listContractNames, readContract } from "./read-contract.ts";
import { compileSchema, readDeclaration, type Declaration } from "./read-declaration.ts";
import { IDENTIFIER, RULES_SCHEMA } from "./rule-schema.ts";
import type { DatasetMapping, FieldSource, SourceMapping, SourceStore } from "./source-mapping.ts";

type FieldFile = string | (Partial<Omit<FieldSource, "from">> & { readonly from?: string | string[] });
type DatasetFile = Partial<Omit<DatasetMapping, "fields">> & { readonly fields?: Record<string, FieldFile> };
interface SourceFile {
  readonly source: string;
  readonly title: string;
  readonly store?: SourceStore;
  readonly delimiter?: string;
  readonly byName?: boolean;
  readonly datasets: Record<string, DatasetFile>;
}

const text = { type: "string" } as const;
const texts = { type: "array", items: text } as const;
const textMap = { type: "object", additionalProperties: text } as const;
const closed = (required: readonly string[], properties: object): object => ({
  type: "object",
  additionalProperties: false,
  required,
  properties,
});

const FIELD = {
  anyOf: [
    { type: "string", minLength: 1 },
    closed([], {
      from: { anyOf: [text, texts] },
      value: text,
      formats: texts,
      none: texts,
      strip: text,
      decimalComma: { type: "boolean" },
      times: { type: "number", exclusiveMinimum: 0 },
      values: textMap,
      otherwise: text,
    }),
  ],
};

const validate = compileSchema<SourceFile>(
  closed(["source", "title", "datasets"], {
    source: { type: "string", pattern: "^[a-z0-9][a-z0-9-]*$" },
    title: text,
    store: closed(["id", "name", "currency", "timeZone"], {
      id: { type: "string", minLength: 1, maxLength: 64 },
      name: text,
      currency: { type: "string", pattern: "^[A-Z]{3}$" },
      timeZone: text,
      platform: text,
      sellerKind: text,
      tradeKind: text,
      homeMarket: { type: "string", pattern: "^[A-Z]{2}$" },
    }),
    delimiter: { enum: [",", ";", "\t", "|"] },
    byName: { type: "boolean" },
    datasets: {
      type: "object",
      minProperties: 1,
      additionalProperties: closed([], {
        fields: { type: "object", propertyNames: { pattern: IDENTIFIER }, additionalProperties: FIELD },
        rules: { type: "object", additionalProperties: RULES_SCHEMA },
        content: texts,
        generatedId: { type: "string", pattern: IDENTIFIER },
        unpivot: closed(["keep", "name", "value"], { keep: texts, name: text, value: text, skip: texts }),
        allocations: {
          type: "array",
          items: closed(["column", "basis", "from", "pointer", "pointsAt", "shareBy"], {
            column: text,
            basis: text,
            from: text,
            pointer: text,
            pointsAt: text,
            shareBy: text,
            texts: textMap,
          }),
        },
        fillWithin: closed(["by", "columns"], { by: text, columns: texts }),
      }),
    },
  }),
);

const BUNDLED = fileURLToPath(new URL("../sources/", import.meta.url));

/** Names of the mappings: those of the user's folder first, then the bundled ones. */
export function listSourceNames(sourcesDir?: string): string[] {
  const names = new Set<string>();
  for (const folder of [sourcesDir, BUNDLED]) {
    if (folder === undefined || !existsSync(folder)) continue;
    for (const file of readdirSync(folder)) if (file.endsWith(".yaml")) names.add(file.slice(0, -".yaml".length));
  }
  return [...names].sort();
}

/**
 * The mapping named `source`, from the user's folder where it has one of that name, else the bundled one.
 * Throws `INGEST_SOURCE_UNKNOWN` naming the known ones, `INGEST_CONTRACT_INVALID` with file and line.
 */
export function readSource(source: string, sourcesDir?: string): SourceMapping {
  if (listSourceNames(sourcesDir).includes(source)) {
    for (const folder of [sourcesDir, BUNDLED]) {
      const file = folder === undefined ? undefined : join(folder, `${source}.yaml`);
      if (file !== undefined && existsSync(file)) return parseSource(file, `sources/${source}.yaml`);
    }
  }
  throw fail(
    "INGEST_SOURCE_UNKNOWN",
    `There is no source "${source}"; known are ${listSourceNames(sourcesDir).join(", ")}. ` +
      "A new one is a YAML file in the folder of TRADEWIND_SOURCES_DIR.",
  );
}

function parseSource(file: string, label: string): SourceMapping {
  const declaration = readDeclaration(file, label, validate);
  const { value } = declaration;
  const expected = label.slice("sources/".length, -".yaml".length);
  if (value.source !== expected)
    throw declaration.refuse(["source"], `source must be "${expected}", as the file's name.`);
  if (value.store !== undefined) checkTimeZone(declaration, value.store.timeZone);
  const datasets: Record<string, DatasetMapping> = {};
  for (const [name, dataset] of Object.entries(value.datasets)) {
    if (!listContractNames().includes(name)) {
      throw declaration.refuse(
        ["datasets", name],
        `"${name}" is no dataset; known are ${listContractNames().join(", ")}.`,
      );
    }
    checkFields(declaration, name, dataset, readContract(name));
    datasets[name] = toMapping(dataset);
  }
  return {
    source: value.source,
    title: value.title,
    file: label,
    delimiter: value.delimiter ?? ",",
    byName: value.byName ?? false,
    datasets,
    digest: declaration.digest,
    ...(value.store === undefined ? {} : { store: value.store }),
  };
}

function checkTimeZone(declaration: Declaration<SourceFile>, timeZone: string): void {
  try {
    Intl.DateTimeFormat("en", { timeZone });
  } catch {
    throw declaration.refuse(
      ["store", "timeZone"],
      `"${timeZone}" is no IANA time zone; write one such as Europe/London.`,
    );
  }
}

/** Fields, rules and allocations may only name what the contract has. */
function checkFields(
  declaration: Declaration<SourceFile>,
  name: string,
  dataset: DatasetFile,
  contract: Contract,
): void {
  const fields = new Set(contract.columns.map((column) => column.field));
  const columns = new Set(contract.columns.map((column) => column.name));
  const check = (path: string[], used: string, known: ReadonlySet<string>): void => {
    if (known.has(used)) return;
    throw declaration.refuse(
      ["datasets", name, ...path],
      `"${used}" is no field of ${contract.dataset}; it has ${[...known].join(", ")}.`,
    );
  };
  for (const field of Object.keys(dataset.fields ?? {})) check(["fields", field], field, fields);
  for (const field of dataset.content ?? []) check(["content"], field, fields);
  if (dataset.generatedId !== undefined) check(["generatedId"], dataset.generatedId, columns);
  for (const [column, rules] of Object.entries(dataset.rules ?? {})) {
    check(["rules", column], column, columns);
    for (const rule of rules) for (const field of Object.keys(rule.when)) check(["rules", column], field, fields);
  }
  for (const [index, allocation] of (dataset.allocations ?? []).entries()) {
    check(["allocations", String(index), "column"], allocation.column, columns);
    check(["allocations", String(index), "basis"], allocation.basis, columns);
    check(["allocations", String(index), "shareBy"], allocation.shareBy, fields);
  }
}

function toMapping(dataset: DatasetFile): DatasetMapping {
  const fields: Record<string, FieldSource> = {};
  for (const [field, source] of Object.entries(dataset.fields ?? {})) {
    if (typeof source === "string") fields[field] = { from: [source] };
    else fields[field] = { ...source, from: source.from === undefined ? [] : [source.from].flat() };
  }
  return {
    fields,
    rules: dataset.rules ?? {},
    allocations: (dataset.allocations ?? []).map((allocation) => ({ ...allocation, texts: allocation.texts ?? {} })),
    ...(dataset.content === undefined ? {} : { content: dataset.content }),
    ...(dataset.generatedId === undefined ? {} : { generatedId: dataset.generatedId }),
    ...(dataset.unpivot === undefined ? {} : { unpivot: { ...dataset.unpivot, skip: dataset.unpivot.skip ?? [] } }),
    ...(dataset.fillWithin === undefined ? {} : { fillWithin: dataset.fillWithin }),
  };
}
