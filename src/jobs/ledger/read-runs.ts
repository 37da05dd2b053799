import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Clock, systemClock } from "../../core/clock.ts";
import { fail } from "../../core/errors.ts";
import type { VarPaths } from "../../core/paths.ts";
import { isProcessAlive } from "./process-identity.ts";
import type { StampedRunEvent } from "./run-event.ts";
import { isRunId } from "./run-id.ts";
import { foldRun, type RunRecord } from "./run-record.ts";

/** The newest `limit` runs, newest first. Reads the ledger files only, so it works while a run is going. */
export function readRuns(
  paths: Pick<VarPaths, "runs">,
  limit = Number.POSITIVE_INFINITY,
  clock = systemClock,
): RunRecord[] {
  const runs: RunRecord[] = [];
  for (const runId of listRunIds(paths)) {
    if (runs.length >= limit) break;
    const run = readLedger(paths, runId, clock);
    if (run !== undefined) runs.push(run);
  }
  return runs;
}

/** Throws `JOB_NOT_FOUND` when there is no run of that id. */
export function readRun(paths: Pick<VarPaths, "runs">, runId: string, clock = systemClock): RunRecord {
  const run = isRunId(runId) ? readLedger(paths, runId, clock) : undefined;
  if (run === undefined) throw fail("JOB_NOT_FOUND", `There is no run "${runId}"; list them with "tradewind runs".`);
  return run;
}

/** Ids of all ledger files, newest first: an id starts with its time. */
export function listRunIds(paths: Pick<VarPaths, "runs">): string[] {
  if (!existsSync(paths.runs)) return [];
  return readdirSync(paths.runs)
    .filter((file) => file.endsWith(".jsonl"))
    .map((file) => file.slice(0, -".jsonl".length))
    .filter(isRunId)
    .sort()
    .reverse();
}

function readLedger(paths: Pick<VarPaths, "runs">, runId: string, clock: Clock): RunRecord | undefined {
  const file = join(paths.runs, `${runId}.jsonl`);
  if (!existsSync(file)) return undefined;
  const events = readFileSync(file, "utf8").split("\n").flatMap(parseLine);
  const first = events[0];
  const last = events.at(-1);
  return foldRun(
    events,
    () =>
      first?.event === "run.started" &&
      last !== undefined &&
      isProcessAlive(first.process, Date.parse(last.at), clock.now().getTime()),
  );
}

/** A kill can tear the last line; it was not acknowledged, so it did not happen. */
function parseLine(line: string): StampedRunEvent[] {
  try {
    // Written by openRunLedger of this product, one JSON object a line.
    const event = JSON.parse(line) as StampedRunEvent;
    return typeof event.event === "string" ? [event] : [];
  } catch {
    return [];
  }
}
