import { fail } from "../../core/errors.ts";
import type { ProgressListener } from "../../core/progress.ts";
import type { Command, GivenOptions, Terminal } from "../command.ts";
import { readCount } from "../read-count.ts";
import { writeJson } from "../write-json.ts";

const DEFAULT_K = "20";
const DEFAULT_SEED = "1";

export const backtestRecommendCommand: Command = {
  name: "backtest recommend",
  summary: "fit recommendation models on one file, measure them on another; prints one JSON object",
  options: {
    train: { type: "string", value: "FILE", help: "what is known: lines «user item item …», .gz too" },
    test: { type: "string", value: "FILE", help: "what is to be found, in the same form" },
    k: { type: "string", value: "K", help: "measure the first K recommendations (default 20)" },
    model: { type: "string", value: "NAME", help: "auto (default), or one method with its best parameters" },
    sessions: { type: "boolean", help: "train lines are sessions, test lines «item item … > next item»" },
    seed: { type: "string", value: "N", help: "seed of the validation split and of the intervals (default 1)" },
  },
  notes:
    "Parameters are chosen on a validation part carved from train. Methods: popularity, ease, sparse-ease, item-knn,\nimplicit-als, graph-filter, user-knn; sessions have one, session-knn.",
  run: async ({ options, terminal }) => {
    const { parseBacktestModel } = await import("../../models/recommendation/backtest/backtest-request.ts");
    const request = {
      train: requireText(options, "train"),
      test: requireText(options, "test"),
      k: readCount(options.text("k") ?? DEFAULT_K, "--k"),
      model: parseBacktestModel(options.text("model") ?? "auto"),
      seed: readCount(options.text("seed") ?? DEFAULT_SEED, "--seed"),
      onProgress: writeProgressLines(terminal),
    };
    if (options.flag("sessions")) {
      const { backtestSessions } = await import("../../models/recommendation/backtest/backtest-sessions.ts");
      writeJson(terminal, await backtestSessions(request));
    } else {
      const { backtestRecommend } = await import("../../models/recommendation/backtest/backtest-recommend.ts");
      writeJson(terminal, await backtestRecommend(request));
    }
  },
};

function requireText(options: GivenOptions, name: string): string {
  const text = options.text(name);
  if (text === undefined) throw fail("REQUEST_INVALID", `--${name} is missing; give the path of a file.`);
  return text;
}

function writeProgressLines(terminal: Terminal): ProgressListener {
  return ({ label, done, total }) => terminal.stderr.write(`${done}/${total} ${label}\n`);
}
