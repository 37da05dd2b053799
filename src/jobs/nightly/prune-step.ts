import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { VarPaths } from "../../core/paths.ts";
import { pruneReleases } from "../../warehouse/releases/prune-releases.ts";
import type { Step } from "../graph/step.ts";
import { listRunIds } from "../ledger/read-runs.ts";
import type { NightlyContext } from "./nightly-context.ts";

/** A week of nights to roll back to. */
const KEEP_RELEASES = 7;
/** More than a year of nights. */
const KEEP_RUNS = 500;

/** Removes releases, fact partitions and run ledgers too old to be asked for, and what killed processes left behind. */
export const pruneStep: Step<NightlyContext> = {
  name: "prune",
  inputs: ["release"],
  outputs: [],
  run: async ({ paths }) => {
    const pruned = pruneReleases(paths, KEEP_RELEASES);
    const figures = {
      releases: pruned.releases.length,
      partitions: pruned.partitions,
      runs: pruneRuns(paths),
      leftOvers: removeLeftOvers(paths),
    };
    return { rowsIn: 0, rowsOut: 0, figures };
  },
};

function pruneRuns(paths: VarPaths): number {
  const old = listRunIds(paths).slice(KEEP_RUNS);
  for (const runId of old) rmSync(join(paths.runs, `${runId}.jsonl`));
  return old.length;
}

/** Nobody but this run writes the warehouse now, so files of an ingest or a lock under way are of processes that died. */
function removeLeftOvers(paths: VarPaths): number {
  const kinds = [
    { folder: paths.temp, name: /^ingest-/ },
    { folder: paths.rawFiles, name: /^\.receiving-/ },
    { folder: paths.runs, name: /^lock\..*\.dead$/ },
  ];
  const found = kinds.flatMap(({ folder, name }) =>
    (existsSync(folder) ? readdirSync(folder) : []).filter((file) => name.test(file)).map((file) => join(folder, file)),
  );
  for (const path of found) rmSync(path, { recursive: true, force: true });
  return found.length;
}
