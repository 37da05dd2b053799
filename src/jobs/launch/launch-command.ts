import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Clock } from "../../core/clock.ts";
import { type Config, SETTINGS } from "../../core/config.ts";
import { fail } from "../../core/errors.ts";
import { packageRoot, varPaths } from "../../core/paths.ts";
import { createRunId } from "../ledger/run-id.ts";
import { checkRunLock } from "../ledger/run-lock.ts";

/** Exit code of the command line when another run holds the warehouse (EX_TEMPFAIL of sysexits.h). */
export const EXIT_BUSY = 75;

export interface LaunchedRun {
  /** Where its progress can be read from at once: `readRun(paths, runId)`. */
  readonly runId: string;
  /** Resolves when the run succeeded; rejects with `RUN_IN_PROGRESS` or `JOB_STEP_FAILED`. */
  readonly finished: Promise<void>;
}

export interface LaunchOptions {
  readonly config: Config;
  readonly clock: Clock;
  /** Aborted when the caller ends: the run is asked to stop at its next safe point. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a command of the command line in a process of its own, so that it takes neither the event loop nor the heap of
 * the caller. Throws `RUN_IN_PROGRESS` at once when a run is going; should two start at the same instant, `finished` tells.
 */
export function launchCommand(
  { config, clock, signal }: LaunchOptions,
  command: string,
  words: readonly string[],
): LaunchedRun {
  checkRunLock(varPaths(config.varDir), clock.now());
  const runId = createRunId(clock);
  const program = join(packageRoot(), "bin", "tradewind.js");
  const child = spawn(process.execPath, [program, command, `--run-id=${runId}`, ...words], {
    env: toEnvironment(config),
    stdio: ["ignore", "ignore", "inherit"],
  });
  const finished = new Promise<void>((resolve, reject) => {
    child.once("error", (cause) => reject(fail("JOB_STEP_FAILED", "The process of the run did not start.", { cause })));
    child.once("exit", (code, killedBy) => {
      if (code === 0) resolve();
      else if (code === EXIT_BUSY) reject(fail("RUN_IN_PROGRESS", "Another run holds the warehouse."));
      else
        reject(fail("JOB_STEP_FAILED", `Run ${runId} ended with ${killedBy ?? `exit code ${code}`}; see its ledger.`));
    });
  });
  signal?.addEventListener("abort", () => void child.kill("SIGTERM"), { once: true });
  return { runId, finished };
}

/** The child reads its configuration as every process does; what options changed here must reach it too. */
function toEnvironment(config: Config): NodeJS.ProcessEnv {
  const settings = Object.entries(SETTINGS).map(([name, { variable }]) => [
    variable,
    // SETTINGS has the keys of Config.
    String(config[name as keyof Config]),
  ]);
  return { ...process.env, ...Object.fromEntries(settings) };
}
