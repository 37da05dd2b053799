import { createHash } from "node:crypto";
import { fail } from "../../core/errors.ts";
import type { Contract, Identity } from "./contract.ts";
import { readContract } from "./read-contract.ts";
import { readSource } from "./read-source.ts";
import type { DatasetMapping, SourceMapping } from "./source-mapping.ts";

/** What a dataset and a source say together. */
export interface LoadRules {
  readonly contract: Contract;
  readonly mapping: SourceMapping;
  readonly dataset: DatasetMapping;
  /** How a row is recognised: by the mapping's word, else the contract's. */
  readonly identity: Identity;
  /** Changes whenever the contract or the mapping does. */
  readonly version: string;
}

/** Contract and mapping of a dataset and a source. Throws when they do not go together. */
export function findRules(dataset: string, source: string, sourcesDir?: string): LoadRules {
  const contract = readContract(dataset);
  const mapping = readSource(source, sourcesDir);
  const rules = mapping.datasets[contract.dataset];
  if (rules === undefined) {
    throw fail(
      "INGEST_SOURCE_UNKNOWN",
      `The source "${source}" has no ${contract.dataset}; it has ${Object.keys(mapping.datasets).join(", ")}.`,
    );
  }
  const version = createHash("sha256").update(contract.digest).update(mapping.digest).digest("hex").slice(0, 16);
  const identity: Identity =
    rules.content === undefined ? contract.identity : { kind: "content", fields: rules.content };
  return { contract, mapping, dataset: rules, identity, version };
}

/** Header names that a load may read, for formats that do not list theirs. */
export function wantedColumns({ contract, mapping, dataset }: LoadRules): string[] {
  const names = Object.values(dataset.fields).flatMap((field) => field.from);
  if (mapping.byName) for (const column of contract.columns) names.push(column.field, ...column.accept);
  if (dataset.fillWithin !== undefined) names.push(dataset.fillWithin.by);
  return [...new Set(names)];
}
