import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Clock } from "../../core/clock.ts";
import { fail } from "../../core/errors.ts";
import { silentLogger } from "../../core/log.ts";
import type { VarPaths } from "../../core/paths.ts";
import { readRuns } from "../ledger/read-runs.ts";
import { recordRun } from "../ledger/record-run.ts";
import { createRunId } from "../ledger/run-id.ts";
import { createTempVar } from "../testing/temp-var.ts";
import { createNightlyScheduler, type NightlyScheduler } from "./nightly-scheduler.ts";
import { planMissedRun } from "./plan-missed-run.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const CRON = "30 3 * * *";
const isNightlyProfile = process.env["TRADEWIND_TEST_PROFILE"] === "nightly";

test("ten years of nights under jumping clocks, late timers and restarts: no slot twice, none lost but by a later one", () => {
  const wake = fc.record({
    /** True time until the timer wakes the scheduler, or until the next boot. */
    hours: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 1, max: 24 }) },
      { weight: 1, arbitrary: fc.integer({ min: 25, max: 400 }) },
    ),
    /** How wrong the clock is at that instant. */
    skewMinutes: fc.oneof(fc.constant(0), fc.integer({ min: -120, max: 120 })),
  });
  fc.assert(
    fc.property(fc.array(wake, { minLength: 50, maxLength: 200 }), (wakes) => {
      const start = Date.parse("2025-01-01T00:00:00Z");
      const end = start + 3652 * DAY_MS;
      let last = new Date(start);
      let seen = start;
      const ran: number[] = [];
      for (let at = start, i = 0; at < end; i++) {
        const { hours, skewMinutes } = wakes[i % wakes.length] ?? { hours: 24, skewMinutes: 0 };
        at += hours * HOUR_MS;
        const now = at + skewMinutes * 60_000;
        seen = Math.max(seen, now);
        const slot = planMissedRun(last, new Date(now), CRON);
        // Once decided, nothing is due: the slot of the clock's own day is covered.
        const covered = slot ?? last;
        expect(Math.floor((now - 3.5 * HOUR_MS) / DAY_MS)).toBeLessThanOrEqual(
          Math.floor((covered.getTime() - 3.5 * HOUR_MS) / DAY_MS),
        );
        if (slot === undefined) continue;
        ran.push(slot.getTime());
        last = slot;
      }
      expect(new Set(ran).size).toBe(ran.length);
      expect(ran).toEqual([...ran].sort((a, b) => a - b));
      expect(ran.every((slot) => slot <= seen && slot % DAY_MS === 3.5 * HOUR_MS)).toBe(true);
      // Each day's slot ran, or a later one did before anybody could have run it.
      expect(ran.at(-1)).toBeGreaterThanOrEqual(seen - DAY_MS);
    }),
    { numRuns: isNightlyProfile ? 200 : 10 },
  );
});

test("with a wake every hour, each of 3652 days runs exactly once", () => {
  const start = Date.parse("2025-01-01T00:00:00Z");
  let last = new Date(start);
  let runs = 0;
  for (let hour = 1; hour <= 3652 * 24; hour++) {
    // The clock runs two hours ahead, right and two hours behind in turn.
    const skew = ((hour % 3) - 1) * 2 * HOUR_MS;
    const slot = planMissedRun(last, new Date(start + hour * HOUR_MS + skew), CRON);
    if (slot === undefined) continue;
    expect(slot.getTime()).toBe(start + runs * DAY_MS + 3.5 * HOUR_MS);
    last = slot;
    runs++;
  }
  expect(runs).toBe(3652);
});

/** A scheduler over a real ledger, whose launched night is recorded as a run. */
function createNight(paths: VarPaths, clock: Clock, during: () => Promise<void> = async () => {}): NightlyScheduler {
  return createNightlyScheduler({
    config: { varDir: paths.root, nightlyCron: CRON },
    clock,
    logger: silentLogger,
    launch: async (slot) => {
      const run = { runId: createRunId(clock), kind: "nightly", version: "1", clock, logger: silentLogger } as const;
      await recordRun(paths, { ...run, scheduledFor: slot.toISOString() }, async () => {
        await during();
        return { releaseId: null };
      });
    },
  });
}

const slots = (paths: VarPaths, clock: Clock): string[] =>
  readRuns(paths, 100, clock).map((run) => `${run.state} ${run.scheduledFor?.slice(0, 10) ?? "by hand"}`);

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-03-01T12:00:00Z") });
});
afterEach(() => {
  vi.useRealTimers();
});

const systemTime: Clock = { now: () => new Date() };

async function runByHand(paths: VarPaths): Promise<void> {
  const run = {
    runId: createRunId(systemTime),
    kind: "nightly",
    scheduledFor: null,
    version: "1",
    logger: silentLogger,
  } as const;
  await recordRun(paths, { ...run, clock: systemTime }, async () => ({ releaseId: null }));
}

test("the timer runs every night, and a night missed while nothing was up is made up once at the start", async () => {
  const paths = createTempVar();
  await runByHand(paths);
  const scheduler = createNight(paths, systemTime);
  scheduler.start();
  expect(scheduler.nextSlot()).toEqual(new Date("2026-03-02T03:30:00Z"));
  await vi.advanceTimersByTimeAsync(2 * DAY_MS);
  expect(slots(paths, systemTime)).toEqual(["succeeded 2026-03-03", "succeeded 2026-03-02", "succeeded by hand"]);
  scheduler.stop();

  vi.setSystemTime(new Date("2026-03-07T12:00:00Z"));
  for (let boot = 0; boot < 2; boot++) {
    const restarted = createNight(paths, systemTime);
    restarted.start();
    await vi.advanceTimersByTimeAsync(1000);
    restarted.stop();
  }
  expect(slots(paths, systemTime)[0]).toBe("succeeded 2026-03-07");
  expect(slots(paths, systemTime)).toHaveLength(4);
});

test("without any run in the ledger nothing is made up", async () => {
  const paths = createTempVar();
  const scheduler = createNight(paths, systemTime);
  await scheduler.runDue();
  expect(readRuns(paths)).toEqual([]);
});

test("a night that comes while another run is going is recorded as skipped", async () => {
  const paths = createTempVar();
  await runByHand(paths);
  let finish = (): void => {};
  const scheduler = createNight(paths, systemTime, () => new Promise((resolve) => void (finish = resolve)));
  vi.setSystemTime(new Date("2026-03-02T03:30:00Z"));
  const first = scheduler.runDue();
  await scheduler.runDue();
  vi.setSystemTime(new Date("2026-03-03T03:30:00Z"));
  await scheduler.runDue();
  await scheduler.runDue();
  finish();
  await first;
  expect(slots(paths, systemTime)).toEqual(["skipped 2026-03-03", "succeeded 2026-03-02", "succeeded by hand"]);
});

test("a night refused because another process holds the warehouse is recorded as skipped", async () => {
  const paths = createTempVar();
  await runByHand(paths);
  vi.setSystemTime(new Date("2026-03-02T03:30:00Z"));
  const scheduler = createNightlyScheduler({
    config: { varDir: paths.root, nightlyCron: CRON },
    clock: systemTime,
    logger: silentLogger,
    launch: () => Promise.reject(fail("RUN_IN_PROGRESS", "Another run holds the warehouse.")),
  });
  await scheduler.runDue();
  await scheduler.runDue();
  expect(slots(paths, systemTime)).toEqual(["skipped 2026-03-02", "succeeded by hand"]);
});
