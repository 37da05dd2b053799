import { fail } from "../../core/errors.ts";
import { varPaths } from "../../core/paths.ts";
import { currentReleaseId } from "../../warehouse/releases/publish-release.ts";
import { verifyRelease } from "../../warehouse/releases/verify-release.ts";
import { type Command, JSON_OPTION } from "../command.ts";
import { writeJson } from "../write-json.ts";

export const releasesVerifyCommand: Command = {
  name: "releases verify",
  summary: "read every byte of a release and compare checksums; the current one unless named",
  operands: [{ name: "release", isOptional: true }],
  options: JSON_OPTION,
  run: async ({ operands, options, config, terminal }) => {
    const paths = varPaths(config.varDir);
    const releaseId = operands[0] ?? currentReleaseId(paths);
    if (releaseId === undefined) throw fail("RELEASE_NONE", 'Nothing is published yet; run "tradewind nightly".');
    const { ok, problems } = await verifyRelease(paths, releaseId);
    if (options.flag("json")) writeJson(terminal, { releaseId, ok, problems });
    else
      terminal.stdout.write(ok ? `${releaseId} is whole\n` : `${releaseId} is damaged\n  ${problems.join("\n  ")}\n`);
    return ok ? 0 : 1;
  },
};
