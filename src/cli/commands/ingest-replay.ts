import { type Command, JSON_OPTION } from "../command.ts";
import { finishRun } from "../finish-run.ts";
import { createProgressDisplay } from "../progress-bar.ts";
import { writeJson } from "../write-json.ts";

export const ingestReplayCommand: Command = {
  name: "ingest replay",
  summary: "try the rows in quarantine again, after a mapping or contract was corrected",
  options: { dataset: { type: "string", value: "NAME", help: "only this dataset (all)" }, ...JSON_OPTION },
  run: async (call) => {
    const { runReplay } = await import("../../jobs/loads/run-replay.ts");
    const { options, config, clock, logger, terminal } = call;
    const dataset = options.text("dataset");
    const display = createProgressDisplay(terminal.stderr);
    const { run, outcome } = await runReplay({
      config,
      clock,
      logger,
      ...(dataset === undefined ? {} : { dataset }),
      signal: terminal.signal,
      onProgress: display.listen,
    }).finally(() => display.close());
    if (outcome !== undefined && options.flag("json")) writeJson(terminal, outcome);
    else if (outcome !== undefined) {
      const { retried, loaded, duplicate, stillQuarantined } = outcome;
      terminal.stdout.write(
        `${retried} retried = ${loaded} loaded + ${duplicate} duplicate + ${stillQuarantined} still in quarantine\n`,
      );
    }
    return finishRun(call, run);
  },
};
