import { type Clock, systemClock } from "../../core/clock.ts";
import type { Config } from "../../core/config.ts";
import { launchCommand, type LaunchedRun } from "./launch-command.ts";

export interface IngestArguments {
  readonly dataset: string;
  readonly source: string;
  readonly store?: string;
  readonly file: string;
}

/** Loads one file in a process of its own. Throws `RUN_IN_PROGRESS` while a run is going. */
export function launchIngestProcess(
  config: Config,
  load: IngestArguments,
  clock: Clock = systemClock,
  signal?: AbortSignal,
): LaunchedRun {
  return launchCommand({ config, clock, signal }, "ingest", [
    `--source=${load.source}`,
    ...(load.store === undefined ? [] : [`--store=${load.store}`]),
    "--",
    load.dataset,
    load.file,
  ]);
}
