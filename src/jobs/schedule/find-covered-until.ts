import type { RunRecord } from "../ledger/run-record.ts";

const DAY_MS = 86_400_000;
/** A slot whose runs were killed this often is given up until the next slot comes. */
const MAX_ABANDONED = 3;

/**
 * Until when the nights are covered by the runs of the ledger: slots up to this instant need no run any more.
 * A run covers its slot, or its start when a person started it. A run that was killed covers nothing, unless its slot
 * was killed three times. Runs from more than a day ahead of `now` were written by a clock that was wrong.
 */
export function findCoveredUntil(runs: readonly RunRecord[], now: Date): Date | undefined {
  const nights = runs.filter((run) => run.kind === "nightly" && Date.parse(run.startedAt) <= now.getTime() + DAY_MS);
  let covered: number | undefined;
  for (const night of nights) {
    const until = Date.parse(night.scheduledFor ?? night.startedAt);
    const isSpent = night.state !== "abandoned" || countAbandoned(nights, night.scheduledFor) >= MAX_ABANDONED;
    if (isSpent && until <= now.getTime() + DAY_MS && (covered === undefined || until > covered)) covered = until;
  }
  return covered === undefined ? undefined : new Date(covered);
}

function countAbandoned(nights: readonly RunRecord[], scheduledFor: string | null): number {
  return nights.filter((run) => run.state === "abandoned" && run.scheduledFor === scheduledFor).length;
}
