import type { RunRecord } from "../ledger/run-record.ts";

const DAY_MS = 86_400_000;
/** A slot whose runs were cut off this often is given up; the next slot is tried again. */
const MAX_CUT_OFF = 3;

/**
 * Until when the nights are covered by the runs of the ledger: slots up to this instant need no run any more.
 * A run covers its slot, or its start when a person started it. A run that was killed or cancelled covers nothing,
 * unless that happened to its slot three times. Runs from more than a day ahead of `now` were written by a clock that was wrong.
 */
export function findCoveredUntil(runs: readonly RunRecord[], now: Date): Date | undefined {
  const nights = runs.filter((run) => run.kind === "nightly" && Date.parse(run.startedAt) <= now.getTime() + DAY_MS);
  let covered: number | undefined;
  for (const night of nights) {
    const until = Date.parse(night.scheduledFor ?? night.startedAt);
    const isSpent = !isCutOff(night) || isGivenUp(nights, night.scheduledFor);
    if (isSpent && until <= now.getTime() + DAY_MS && (covered === undefined || until > covered)) covered = until;
  }
  return covered === undefined ? undefined : new Date(covered);
}

function isCutOff(run: RunRecord): boolean {
  return run.state === "abandoned" || run.error?.code === "RUN_CANCELLED";
}

function isGivenUp(nights: readonly RunRecord[], slot: string | null): boolean {
  return slot !== null && nights.filter((run) => isCutOff(run) && run.scheduledFor === slot).length >= MAX_CUT_OFF;
}
