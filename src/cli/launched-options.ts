import type { GivenOptions, OptionSpec, Terminal } from "./command.ts";
import { createProgressDisplay, type ProgressDisplay } from "./progress-bar.ts";

/** Options by which one process of Tradewind starts another. */
export const LAUNCHED_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  "run-id": { type: "string", value: "ID", hidden: true, help: "id of the run" },
  progress: { type: "boolean", hidden: true, help: "show progress" },
};

/** Progress for people. A process that a server started logs instead, unless it was told to show progress. */
export function chooseDisplay(options: GivenOptions, terminal: Terminal): ProgressDisplay {
  const isForPeople = options.text("run-id") === undefined || options.flag("progress");
  return isForPeople ? createProgressDisplay(terminal.stderr) : { listen: () => {}, close: () => {} };
}
