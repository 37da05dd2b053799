import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createTempVar } from "../testing/temp-var.ts";
import { ownIdentity } from "./process-identity.ts";
import { acquireRunLock, checkRunLock } from "./run-lock.ts";

const now = new Date("2026-03-01T03:30:00Z");

test("the second taker is refused and told who holds it, until it is released", () => {
  const paths = createTempVar();
  const lock = acquireRunLock(paths, "20260301T033000-aaaaaa", now);
  expect(() => acquireRunLock(paths, "20260301T033000-bbbbbb", now)).toThrow(
    `RUN_IN_PROGRESS: Run 20260301T033000-aaaaaa (process ${process.pid}`,
  );
  expect(() => checkRunLock(paths, now)).toThrow("RUN_IN_PROGRESS");
  lock.release();
  checkRunLock(paths, now);
  acquireRunLock(paths, "20260301T033000-bbbbbb", now).release();
  expect(readdirSync(paths.runs)).toEqual([]);
});

test("the lock of a dead process is taken over, and its late release leaves the new one alone", () => {
  const paths = createTempVar();
  mkdirSync(paths.runs);
  const dead = { ...ownIdentity(), pid: spawnSync(process.execPath, ["-e", ""]).pid };
  const old = { ...dead, runId: "20260228T033000-aaaaaa", takenAt: now.toISOString() };
  writeFileSync(join(paths.runs, "lock"), JSON.stringify(old));
  const lock = acquireRunLock(paths, "20260301T033000-bbbbbb", now);
  expect(() => checkRunLock(paths, now)).toThrow("20260301T033000-bbbbbb");
  lock.release();
  lock.release();
  expect(existsSync(join(paths.runs, "lock"))).toBe(false);
});

test("a pid used again by another process does not keep a lock alive", () => {
  const paths = createTempVar();
  mkdirSync(paths.runs);
  const reused = { ...ownIdentity(), startTicks: "1", runId: "20260228T033000-aaaaaa", takenAt: now.toISOString() };
  writeFileSync(join(paths.runs, "lock"), JSON.stringify(reused));
  expect(() => acquireRunLock(paths, "20260301T033000-bbbbbb", now).release()).not.toThrow();
});
