import { varPaths } from "../../core/paths.ts";
import { listReleases } from "../../warehouse/releases/list-releases.ts";
import { currentReleaseId } from "../../warehouse/releases/publish-release.ts";
import { type Command, JSON_OPTION } from "../command.ts";
import { renderTable } from "../print-table.ts";
import { writeJson } from "../write-json.ts";

export const releasesListCommand: Command = {
  name: "releases list",
  alias: "releases",
  summary: "list the releases, newest first",
  options: JSON_OPTION,
  run: async ({ options, config, terminal }) => {
    const paths = varPaths(config.varDir);
    const current = currentReleaseId(paths);
    const releases = listReleases(paths);
    if (options.flag("json")) {
      writeJson(terminal, { current: current ?? null, releases });
      return;
    }
    terminal.stdout.write(
      renderTable(releases, [
        { title: "RELEASE", value: (release) => release.releaseId },
        { title: "", value: (release) => (release.releaseId === current ? "current" : "") },
        { title: "AS OF", value: (release) => release.asOf },
        { title: "CREATED", value: (release) => release.createdAt },
        { title: "VERSION", value: (release) => release.version },
        { title: "MODELS", value: (release) => release.models.map((card) => card.name).join(", ") },
      ]),
    );
  },
};
