import { type Command, JSON_OPTION } from "../command.ts";
import { finishRun } from "../finish-run.ts";
import { chooseDisplay, LAUNCHED_OPTIONS } from "../launched-options.ts";
import { renderBalance } from "../render-balance.ts";
import { writeJson } from "../write-json.ts";

export const ingestCommand: Command = {
  name: "ingest",
  summary: "load files into one dataset by its contract; prints the balance sheet of rows",
  operands: [{ name: "dataset" }, { name: "file", isMany: true }],
  options: {
    source: { type: "string", value: "NAME", help: "how the file names its columns (generic)" },
    store: { type: "string", value: "ID", help: "store of all rows, where the file does not say it" },
    ...LAUNCHED_OPTIONS,
    ...JSON_OPTION,
  },
  notes:
    'See "tradewind datasets" and "tradewind sources". Rows that do not fit the contract wait in quarantine;\n' +
    '"tradewind ingest replay" tries them again. The same file twice changes nothing.',
  run: async (call) => {
    const { runIngest } = await import("../../jobs/loads/run-ingest.ts");
    const { operands, options, config, clock, logger, terminal } = call;
    const [dataset = "", ...files] = operands;
    const storeId = options.text("store");
    const runId = options.text("run-id");
    const display = chooseDisplay(options, terminal);
    const { run, sheets } = await runIngest({
      config,
      clock,
      logger,
      dataset,
      source: options.text("source") ?? "generic",
      files,
      ...(storeId === undefined ? {} : { storeId }),
      ...(runId === undefined ? {} : { runId }),
      signal: terminal.signal,
      onProgress: display.listen,
    }).finally(() => display.close());
    if (options.flag("json")) writeJson(terminal, sheets);
    else if (sheets.length > 0) terminal.stdout.write(renderBalance(sheets));
    return finishRun(call, run);
  },
};
