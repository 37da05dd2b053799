import { varPaths } from "../../core/paths.ts";
import { rollbackRelease } from "../../warehouse/releases/rollback-release.ts";
import { type Command, JSON_OPTION } from "../command.ts";
import { writeJson } from "../write-json.ts";

export const releasesRollbackCommand: Command = {
  name: "releases rollback",
  summary: "serve an earlier release; the one before the current unless named",
  operands: [{ name: "release", isOptional: true }],
  options: JSON_OPTION,
  notes: "Servers change over by themselves. The next night with something new publishes a new release.",
  run: async ({ operands: [wanted], options, config, logger, terminal }) => {
    const releaseId = rollbackRelease(varPaths(config.varDir), wanted);
    logger.warn({ release: releaseId }, "release.rolled-back");
    if (options.flag("json")) writeJson(terminal, { releaseId });
    else terminal.stdout.write(`${releaseId} is current now\n`);
  },
};
