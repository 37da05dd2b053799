import { type Clock, systemClock } from "../../core/clock.ts";
import type { Config } from "../../core/config.ts";
import { launchCommand, type LaunchedRun } from "./launch-command.ts";

export interface NightlyArguments {
  readonly scheduledFor?: Date;
  readonly asOf?: string;
  readonly only?: readonly string[];
  readonly force?: boolean;
  readonly showProgress?: boolean;
}

/** Runs the nightly graph in a process of its own. Throws `RUN_IN_PROGRESS` while a run is going. */
export function launchNightlyProcess(
  config: Config,
  nightly: NightlyArguments = {},
  clock: Clock = systemClock,
  signal?: AbortSignal,
): LaunchedRun {
  return launchCommand({ config, clock, signal, showProgress: nightly.showProgress }, "nightly", [
    ...(nightly.scheduledFor === undefined ? [] : [`--scheduled-for=${nightly.scheduledFor.toISOString()}`]),
    ...(nightly.asOf === undefined ? [] : [`--as-of=${nightly.asOf}`]),
    ...(nightly.only ?? []).map((step) => `--only=${step}`),
    ...(nightly.force === true ? ["--force"] : []),
  ]);
}
