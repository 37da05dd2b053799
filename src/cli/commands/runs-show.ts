import { varPaths } from "../../core/paths.ts";
import { readRun } from "../../jobs/ledger/read-runs.ts";
import { type Command, JSON_OPTION } from "../command.ts";
import { renderRun } from "../render-run.ts";
import { writeJson } from "../write-json.ts";

export const runsShowCommand: Command = {
  name: "runs show",
  summary: "show one run with its steps",
  operands: [{ name: "run" }],
  options: JSON_OPTION,
  run: async ({ operands: [runId = ""], options, config, clock, terminal }) => {
    const run = readRun(varPaths(config.varDir), runId, clock);
    if (options.flag("json")) writeJson(terminal, run);
    else terminal.stdout.write(renderRun(run));
  },
};
