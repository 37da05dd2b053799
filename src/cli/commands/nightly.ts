import { fail } from "../../core/errors.ts";
import { type Command, JSON_OPTION } from "../command.ts";
import { finishRun } from "../finish-run.ts";
import { chooseDisplay, LAUNCHED_OPTIONS } from "../launched-options.ts";
import { renderRun } from "../render-run.ts";
import { writeJson } from "../write-json.ts";

export const nightlyCommand: Command = {
  name: "nightly",
  summary: "run the job graph and publish a release",
  options: {
    "as-of": { type: "string", value: "DATE", help: "leave out facts after this day (the last day of data)" },
    only: {
      type: "string",
      value: "STEP",
      multiple: true,
      help: "run these steps with what exists; repeat or use commas",
    },
    force: { type: "boolean", help: "run steps whose inputs are unchanged, too" },
    "scheduled-for": { type: "string", value: "INSTANT", hidden: true, help: "slot of the schedule" },
    ...LAUNCHED_OPTIONS,
    ...JSON_OPTION,
  },
  notes:
    "Steps: ingest, conform, marts, fit:<model>, gate, release, prune. A step whose inputs are those of its last\n" +
    "success is skipped; a model that fails its gate is not published.\n" +
    "Exit codes: 0 succeeded, 1 failed, 2 wrong call, 75 another run is going, 130 interrupted.",
  run: async (call) => {
    const { runNightly } = await import("../../jobs/nightly/run-nightly.ts");
    const { options, config, clock, logger, terminal } = call;
    const asOf = options.text("as-of");
    const runId = options.text("run-id");
    const scheduledFor = readInstant(options.text("scheduled-for"));
    const display = chooseDisplay(options, terminal);
    const run = await runNightly({
      config,
      clock,
      logger,
      only: options.list("only").flatMap((names) => names.split(",")),
      force: options.flag("force"),
      ...(asOf === undefined ? {} : { asOf }),
      ...(runId === undefined ? {} : { runId }),
      ...(scheduledFor === undefined ? {} : { scheduledFor }),
      signal: terminal.signal,
      onProgress: display.listen,
    }).finally(() => display.close());
    if (options.flag("json")) writeJson(terminal, run);
    else terminal.stdout.write(renderRun(run));
    return finishRun(call, run);
  },
};

function readInstant(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime())) {
    throw fail("REQUEST_INVALID", `--scheduled-for "${text}" is no instant; write it as 2026-03-01T03:30:00Z.`);
  }
  return instant;
}
