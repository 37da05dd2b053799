import { checkAddress } from "../check-address.ts";
import type { Command } from "../command.ts";
import { LISTEN_OPTIONS, readListenOptions } from "../listen-options.ts";
import { serveUntilInterrupted } from "../serve-until-interrupted.ts";

export const serveCommand: Command = {
  name: "serve",
  summary: "serve API and dashboards from the current release, and start the nightly runs",
  options: LISTEN_OPTIONS,
  notes: "Ctrl-C or SIGTERM ends it: requests being answered are answered first.",
  run: async (call) => {
    const config = readListenOptions(call.config, call.options);
    await checkAddress(config);
    await serveUntilInterrupted(call, config);
  },
};
