import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Clock } from "../../core/clock.ts";
import { type Config, SETTINGS } from "../../core/config.ts";
import { type AppError, fail } from "../../core/errors.ts";
import { packageRoot, varPaths } from "../../core/paths.ts";
import { EXIT_BUSY, EXIT_INTERRUPTED } from "./exit-codes.ts";
import { createRunId } from "../ledger/run-id.ts";
import { checkRunLock } from "../ledger/run-lock.ts";

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
  /** Whether the process shows its progress on stderr, for people, instead of logging there as configured. */
  readonly showProgress?: boolean | undefined;
}

/**
 * Runs a command of the command line in a process of its own, so that it takes neither the event loop nor the heap of
 * the caller. Throws `RUN_IN_PROGRESS` at once when a run is going; should two start at the same instant, `finished` tells.
 */
export function launchCommand(
  { config, clock, signal, showProgress = false }: LaunchOptions,
  command: string,
  words: readonly string[],
): LaunchedRun {
  checkRunLock(varPaths(config.varDir), clock.now());
  const runId = createRunId(clock);
  const progress = showProgress ? ["--progress"] : [];
  const program = join(packageRoot(), "bin", "tradewind.js");
  const child = spawn(process.execPath, [program, command, `--run-id=${runId}`, ...progress, ...words], {
    env: toEnvironment(config, showProgress),
    stdio: ["ignore", "ignore", "inherit"],
  });
  const stop = (): void => void child.kill("SIGTERM");
  signal?.addEventListener("abort", stop);
  const finished = new Promise<void>((resolve, reject) => {
    child.once("error", (cause) => reject(fail("JOB_STEP_FAILED", "The process of the run did not start.", { cause })));
    child.once("exit", (code, killedBy) => {
      signal?.removeEventListener("abort", stop);
      if (code === 0) resolve();
      else reject(explainExit(runId, code, killedBy));
    });
  });
  return { runId, finished };
}

function explainExit(runId: string, code: number | null, killedBy: string | null): AppError {
  if (code === EXIT_BUSY) return fail("RUN_IN_PROGRESS", "Another run holds the warehouse.");
  if (code === EXIT_INTERRUPTED) return fail("RUN_CANCELLED", `Run ${runId} was cancelled before it was through.`);
  return fail("JOB_STEP_FAILED", `Run ${runId} ended with ${killedBy ?? `exit code ${code}`}; see its ledger.`);
}

/** The child reads its configuration as every process does; what options changed here must reach it too. */
function toEnvironment(config: Config, showProgress: boolean): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const [name, { variable }] of Object.entries(SETTINGS)) {
    // SETTINGS has the keys of Config. A log level that is set makes a command log at it, progress or not.
    if (name !== "logLevel" || !showProgress) env[variable] = String(config[name as keyof Config]);
  }
  return env;
}
