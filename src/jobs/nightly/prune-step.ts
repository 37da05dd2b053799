import { rmSync } from "node:fs";
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

/** Removes releases, fact partitions and run ledgers that are too old to be asked for. */
export const pruneStep: Step<NightlyContext> = {
  name: "prune",
  inputs: ["release"],
  outputs: [],
  run: async ({ paths }) => {
    const pruned = pruneReleases(paths, KEEP_RELEASES);
    const runs = pruneRuns(paths);
    const figures = { releases: pruned.releases.length, partitions: pruned.partitions, runs };
    return { rowsIn: 0, rowsOut: 0, figures };
  },
};

function pruneRuns(paths: VarPaths): number {
  const old = listRunIds(paths).slice(KEEP_RUNS);
  for (const runId of old) rmSync(join(paths.runs, `${runId}.jsonl`));
  return old.length;
}
