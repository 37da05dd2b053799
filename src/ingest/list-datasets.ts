import type { ColumnType } from "./declare/contract.ts";
import { listContractNames, readContract } from "./declare/read-contract.ts";

export interface DatasetInfo {
  readonly dataset: string;
  readonly title: string;
  readonly table: string;
  /** What a file of the generic source may have. */
  readonly columns: readonly { readonly name: string; readonly type: ColumnType; readonly required: boolean }[];
}

/** The datasets that can be loaded, with the columns a file may have. */
export function listDatasets(): DatasetInfo[] {
  return listContractNames().map((name) => {
    const { dataset, title, table, columns } = readContract(name);
    return {
      dataset,
      title,
      table,
      columns: columns
        .filter((column) => column.derive === undefined)
        .map((column) => ({
          name: column.field,
          type: column.type,
          required: column.required && column.otherwise === undefined,
        })),
    };
  });
}
