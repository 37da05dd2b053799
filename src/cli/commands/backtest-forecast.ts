import { availableParallelism } from "node:os";
import { fail } from "../../core/errors.ts";
import { JSON_OPTION, type Command } from "../command.ts";
import { readCount } from "../read-count.ts";
import { writeJson } from "../write-json.ts";

const DEFAULT_SEED = "1";

export const backtestForecastCommand: Command = {
  name: "backtest forecast",
  summary: "forecast the series of a file and measure against their test part; prints one JSON object",
  options: {
    series: { type: "string", value: "FILE", help: "CSV with the columns id,m,h,train,test; .gz too" },
    test: { type: "string", value: "FILE", help: "CSV with id,test that stands in for the file's own test column" },
    seed: { type: "string", value: "N", help: "seed of the row samples (default 1)" },
    threads: { type: "string", value: "N", help: "worker threads for many series, same result (default: one a core)" },
    ...JSON_OPTION,
  },
  notes:
    "m is the seasonal period, h the horizon; train and test hold numbers parted by blanks. Gaps (NA, NaN, null, .) are filled;\na row with text in a number, no history, a bad m or h, or an id that stands twice is listed under quarantined, not scored.",
  run: async ({ options, terminal }) => {
    const series = options.text("series");
    if (series === undefined) throw fail("REQUEST_INVALID", "--series is missing; give the path of a file.");
    const seed = readCount(options.text("seed") ?? DEFAULT_SEED, "--seed");
    const { backtestForecast } = await import("../../models/demand/backtest/backtest-forecast.ts");
    const threads = readCount(options.text("threads") ?? String(availableParallelism()), "--threads");
    writeJson(terminal, await backtestForecast({ series, test: options.text("test"), seed, threads }));
  },
};
