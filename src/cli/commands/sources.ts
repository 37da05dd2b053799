import { type Command, JSON_OPTION } from "../command.ts";
import { renderTable } from "../print-table.ts";
import { writeJson } from "../write-json.ts";

export const sourcesCommand: Command = {
  name: "sources",
  summary: "list the source mappings: whose exports can be read, and which datasets they have",
  options: JSON_OPTION,
  notes: "Your own mappings go to the folder TRADEWIND_SOURCES_DIR (var/sources).",
  run: async ({ options, config, terminal }) => {
    const { listSources } = await import("../../ingest/list-sources.ts");
    const sources = listSources(config.sourcesDir);
    if (options.flag("json")) {
      writeJson(terminal, sources);
      return;
    }
    terminal.stdout.write(
      renderTable(sources, [
        { title: "SOURCE", value: (source) => source.source },
        { title: "STORE", value: (source) => source.storeId },
        { title: "DATASETS", value: (source) => source.datasets.join(", ") },
        { title: "TITLE", value: (source) => source.title },
      ]),
    );
  },
};
