import { varPaths } from "../../core/paths.ts";
import { readRuns } from "../../jobs/ledger/read-runs.ts";
import { type Command, JSON_OPTION } from "../command.ts";
import { renderTable } from "../print-table.ts";
import { writeJson } from "../write-json.ts";
import { readCount } from "../read-count.ts";

export const runsListCommand: Command = {
  name: "runs list",
  alias: "runs",
  summary: "list the runs, newest first",
  options: { limit: { type: "string", value: "N", help: "how many (20)" }, ...JSON_OPTION },
  run: async ({ options, config, clock, terminal }) => {
    const runs = readRuns(varPaths(config.varDir), readCount(options.text("limit") ?? "20", "--limit"), clock);
    if (options.flag("json")) return writeJson(terminal, runs);
    terminal.stdout.write(
      renderTable(runs, [
        { title: "RUN", value: (run) => run.runId },
        { title: "KIND", value: (run) => run.kind },
        { title: "STATE", value: (run) => run.state },
        { title: "STARTED", value: (run) => run.startedAt },
        { title: "AS OF", value: (run) => run.asOf },
        { title: "RELEASE", value: (run) => run.releaseId },
        { title: "ERROR", value: (run) => run.error?.code ?? null },
      ]),
    );
    return undefined;
  },
};
