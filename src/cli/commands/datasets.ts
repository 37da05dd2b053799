import { type Command, JSON_OPTION } from "../command.ts";
import { renderTable } from "../print-table.ts";
import { writeJson } from "../write-json.ts";

export const datasetsCommand: Command = {
  name: "datasets",
  summary: "list the datasets that files can be loaded into, with their columns",
  options: JSON_OPTION,
  run: async ({ options, terminal }) => {
    const { listDatasets } = await import("../../ingest/list-datasets.ts");
    const datasets = listDatasets();
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
