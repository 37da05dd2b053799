import { fail } from "../../core/errors.ts";
import { varPaths } from "../../core/paths.ts";
import { currentReleaseId } from "../../warehouse/releases/publish-release.ts";
import { readManifest } from "../../warehouse/releases/read-manifest.ts";
import { type Command, JSON_OPTION } from "../command.ts";
import { writeJson } from "../write-json.ts";

export const releasesCurrentCommand: Command = {
  name: "releases current",
  summary: "print the id of the release that is served, or its manifest with --json",
  options: JSON_OPTION,
  run: async ({ options, config, terminal }) => {
    const paths = varPaths(config.varDir);
    const releaseId = currentReleaseId(paths);
    if (releaseId === undefined) throw fail("RELEASE_NONE", 'Nothing is published yet; run "tradewind nightly".');
    if (options.flag("json")) writeJson(terminal, readManifest(paths, releaseId));
    else terminal.stdout.write(`${releaseId}\n`);
  },
};
