import { varPaths } from "../../core/paths.ts";
import { launchNightlyProcess } from "../../jobs/launch/launch-nightly-process.ts";
import { currentReleaseId } from "../../warehouse/releases/publish-release.ts";
import { checkAddress } from "../check-address.ts";
import type { Command } from "../command.ts";
import { LISTEN_OPTIONS, readListenOptions } from "../listen-options.ts";
import { serveUntilInterrupted } from "../serve-until-interrupted.ts";

export const startCommand: Command = {
  name: "start",
  summary: "everything at once: ingest the bundled data and run a first night if there is no release, then serve",
  options: LISTEN_OPTIONS,
  run: async (call) => {
    const { clock, terminal } = call;
    const config = readListenOptions(call.config, call.options);
    await checkAddress(config);
    if (currentReleaseId(varPaths(config.varDir)) === undefined) {
      terminal.stderr.write("First start: loading the bundled data, fitting the models, publishing a first release.\n");
      // A process of its own, so that the memory of the night is given back before serving. It draws its own progress.
      await launchNightlyProcess(config, { showProgress: true }, clock, terminal.signal).finished;
    }
    if (!terminal.signal.aborted) await serveUntilInterrupted(call, config, "warn");
  },
};
