import { findLatestSlot } from "./find-latest-slot.ts";

/**
 * The slot to run now: the latest one that has come since `lastScheduledFor`. Slots before it are not made up, since
 * a night rebuilds everything from what there is. Undefined when no slot has come, when there never was a run to
 * count from, or when the clock went back behind the last slot, so that no slot runs twice.
 */
export function planMissedRun(lastScheduledFor: Date | undefined, now: Date, cronExpression: string): Date | undefined {
  if (lastScheduledFor === undefined || now.getTime() <= lastScheduledFor.getTime()) return undefined;
  return findLatestSlot(cronExpression, lastScheduledFor, now);
}
