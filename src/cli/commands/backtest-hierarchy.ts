import { fail } from "../../core/errors.ts";
import { JSON_OPTION, type Command } from "../command.ts";
import { readCount } from "../read-count.ts";
import { writeJson } from "../write-json.ts";

export const backtestHierarchyCommand: Command = {
  name: "backtest hierarchy",
  summary: "forecast every level of a hierarchy, make the forecasts add up, measure by level; prints one JSON object",
  options: {
    series: { type: "string", value: "FILE", help: "CSV of one row a series and time" },
    keys: {
      type: "string",
      value: "COLUMNS",
      help: "columns that name a series, from the top down: State,Region,Purpose",
    },
    time: { type: "string", value: "COLUMN", help: "column of the time, as ISO dates (default date_time)" },
    value: { type: "string", value: "COLUMN", help: "column of the value (default value)" },
    period: { type: "string", value: "N", help: "steps of a season (default 1: none)" },
    horizon: { type: "string", value: "N", help: "steps to forecast (default 8)" },
    origins: { type: "string", value: "N", help: "origins that are scored, half a horizon apart (default 4)" },
    seed: { type: "string", value: "N", help: "seed of the row samples (default 1)" },
    ...JSON_OPTION,
  },
  notes:
    "Levels are the keys, each within the one before, and the total. A series without a row at a time has 0 there.",
  run: async ({ options, terminal }) => {
    const [series, keys] = [options.text("series"), options.text("keys")];
    if (series === undefined) throw fail("REQUEST_INVALID", "--series is missing; give the path of a file.");
    if (keys === undefined) throw fail("REQUEST_INVALID", "--keys is missing; name the columns parted by commas.");
    const count = (name: string, fallback: string): number => readCount(options.text(name) ?? fallback, `--${name}`);
    const { backtestHierarchy } = await import("../../models/demand/backtest/backtest-hierarchy.ts");
    const result = await backtestHierarchy({
      series,
      columns: {
        time: options.text("time") ?? "date_time",
        keys: keys.split(",").map((key) => key.trim()),
        value: options.text("value") ?? "value",
      },
      period: count("period", "1"),
      horizon: count("horizon", "8"),
      origins: count("origins", "4"),
      seed: count("seed", "1"),
    });
    writeJson(terminal, result);
  },
};
