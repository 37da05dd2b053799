import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail } from "../../core/errors.ts";
import type { VarPaths } from "../../core/paths.ts";
import { isProcessAlive, ownIdentity, type ProcessIdentity } from "./process-identity.ts";

interface LockHolder extends ProcessIdentity {
  readonly runId: string;
  readonly takenAt: string;
}

export interface RunLock {
  release(): void;
}

/**
 * Takes `runs/lock` for a run, or throws `RUN_IN_PROGRESS` naming the run that holds it. A lock whose process is
 * gone is taken over. This is the quick and friendly answer; the guarantee that two processes never write at once
 * is the engine's lock on the warehouse file.
 */
export function acquireRunLock(paths: Pick<VarPaths, "runs">, runId: string, now: Date): RunLock {
  mkdirSync(paths.runs, { recursive: true });
  const path = join(paths.runs, "lock");
  const holder: LockHolder = { ...ownIdentity(), runId, takenAt: now.toISOString() };
  if (!tryCreate(path, holder)) {
    const other = readHolder(path);
    checkRunLock(paths, now);
    bury(path, other);
    if (!tryCreate(path, holder)) throw inProgress(readHolder(path));
  }
  return {
    release: () => {
      if (readHolder(path)?.runId === runId) rmSync(path, { force: true });
    },
  };
}

/** Throws `RUN_IN_PROGRESS` when a living process holds the lock. */
export function checkRunLock(paths: Pick<VarPaths, "runs">, now: Date): void {
  const holder = readHolder(join(paths.runs, "lock"));
  if (holder === undefined) return;
  // The heartbeat of the run goes to its ledger file.
  const ledger = statSync(join(paths.runs, `${holder.runId}.jsonl`), { throwIfNoEntry: false });
  const lastSignMs = Math.max(Date.parse(holder.takenAt), ledger?.mtimeMs ?? 0);
  if (isProcessAlive(holder, lastSignMs, now.getTime())) throw inProgress(holder);
}

/** Creates the lock with its content in one step, so that nobody ever reads half a lock. */
function tryCreate(path: string, holder: LockHolder): boolean {
  const draft = `${path}.${holder.runId}`;
  writeFileSync(draft, JSON.stringify(holder), { flush: true });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Moves the dead lock away. Where another process replaced it meanwhile, its lock goes back and stands. */
function bury(path: string, dead: LockHolder | undefined): void {
  const grave = `${path}.${process.pid}.dead`;
  try {
    renameSync(path, grave);
  } catch {
    return; // Another process buried it first; creating decides.
  }
  const moved = readHolder(grave);
  if (moved !== undefined && moved.runId !== dead?.runId) linkSync(grave, path);
  rmSync(grave, { force: true });
}

/** Undefined when the file is gone. */
function readHolder(path: string): LockHolder | undefined {
  try {
    // Written by tryCreate.
    return JSON.parse(readFileSync(path, "utf8")) as LockHolder;
  } catch {
    return undefined;
  }
}

function inProgress(holder: LockHolder | undefined): Error {
  const run = holder === undefined ? "Another run" : `Run ${holder.runId} (process ${holder.pid} on ${holder.host})`;
  return fail("RUN_IN_PROGRESS", `${run} holds the warehouse; wait until it ends, see "tradewind runs".`);
}
