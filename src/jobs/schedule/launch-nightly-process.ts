import { spawn } from "node:child_process";
import { join } from "node:path";
import { type Clock, systemClock } from "../../core/clock.ts";
import { type Config, SETTINGS } from "../../core/config.ts";
import { fail } from "../../core/errors.ts";
import { packageRoot, varPaths } from "../../core/paths.ts";
import { createRunId } from "../ledger/run-id.ts";
import { checkRunLock } from "../ledger/run-lock.ts";

/** Exit code of the command line when another run holds the warehouse (EX_TEMPFAIL of sysexits.h). */
export const EXIT_BUSY = 75;

export interface NightlyArguments {
  readonly scheduledFor?: Date;
  readonly asOf?: string;
  readonly only?: readonly string[];
  readonly force?: boolean;
}

export interface NightlyProcess {
  /** Where its progress can be read from at once: `readRun(paths, runId)`. */
  readonly runId: string;
  /** Resolves when the run succeeded; rejects with `RUN_IN_PROGRESS` or `JOB_STEP_FAILED`. */
  readonly finished: Promise<void>;
  /** Asks the run to stop at its next safe point. */
  stop(): void;
}

/**
 * Runs the nightly graph in a process of its own, so that it takes neither the event loop nor the heap of the caller.
 * Throws `RUN_IN_PROGRESS` at once when a run is going; should two start at the same instant, `finished` tells.
 */
export function launchNightlyProcess(
  config: Config,
  nightly: NightlyArguments = {},
  clock: Clock = systemClock,
): NightlyProcess {
  checkRunLock(varPaths(config.varDir), clock.now());
  const runId = createRunId(clock);
  const child = spawn(process.execPath, [join(packageRoot(), "bin", "tradewind.js"), ...toWords(runId, nightly)], {
    env: toEnvironment(config),
    stdio: ["ignore", "ignore", "inherit"],
  });
  const finished = new Promise<void>((resolve, reject) => {
    child.once("error", (cause) => reject(fail("JOB_STEP_FAILED", "The nightly process did not start.", { cause })));
    child.once("exit", (code, signal) => {
      if (code === 0) resolve();
      else if (code === EXIT_BUSY) reject(fail("RUN_IN_PROGRESS", "Another run holds the warehouse."));
      else reject(fail("JOB_STEP_FAILED", `Run ${runId} ended with ${signal ?? `exit code ${code}`}; see its ledger.`));
    });
  });
  return { runId, finished, stop: () => void child.kill("SIGTERM") };
}

function toWords(runId: string, nightly: NightlyArguments): string[] {
  return [
    "nightly",
    `--run-id=${runId}`,
    ...(nightly.scheduledFor === undefined ? [] : [`--scheduled-for=${nightly.scheduledFor.toISOString()}`]),
    ...(nightly.asOf === undefined ? [] : [`--as-of=${nightly.asOf}`]),
    ...(nightly.only ?? []).map((step) => `--only=${step}`),
    ...(nightly.force === true ? ["--force"] : []),
  ];
}

/** The child reads its configuration as every process does; what options changed here must reach it too. */
function toEnvironment(config: Config): NodeJS.ProcessEnv {
  const settings = Object.entries(SETTINGS).map(([name, { variable }]) => [
    variable,
    String(config[name as keyof Config]),
  ]);
  return { ...process.env, ...Object.fromEntries(settings) };
}
