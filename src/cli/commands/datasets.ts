import { type Command, JSON_OPTION } from "../command.ts";
import { renderTable } from "../print-table.ts";
import { writeJson } from "../write-json.ts";

export const datasetsCommand: Command = {
  name: "datasets",
  summary: "list the datasets that files can be loaded into, with their columns",
  options: JSON_OPTION,
  run: async ({ options, terminal }) => {
    const { listContractNames, readContract } = await import("../../ingest/declare/read-contract.ts");
    const datasets = listContractNames().map((name) => {
      const { dataset, title, table, columns } = readContract(name);
      return {
        dataset,
        title,
        table,
        columns: columns.map((column) => ({ name: column.name, type: column.type, required: column.required })),
      };
    });
    if (options.flag("json")) {
      writeJson(terminal, datasets);
      return;
    }
    terminal.stdout.write(
      renderTable(datasets, [
        { title: "DATASET", value: (dataset) => dataset.dataset },
        { title: "TABLE", value: (dataset) => dataset.table },
        { title: "REQUIRED COLUMNS", value: (dataset) => listRequired(dataset.columns) },
        { title: "TITLE", value: (dataset) => dataset.title },
      ]),
    );
  },
};

function listRequired(columns: readonly { name: string; required: boolean }[]): string {
  return columns
    .filter((column) => column.required)
    .map((column) => column.name)
    .join(", ");
}
