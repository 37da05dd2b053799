import { expect, test } from "vitest";
import type { RunRecord, RunState } from "../ledger/run-record.ts";
import { findCoveredUntil } from "./find-covered-until.ts";

const now = new Date("2026-03-10T12:00:00Z");

function night(state: RunState, scheduledFor: string | null, startedAt = scheduledFor ?? ""): RunRecord {
  return {
    runId: "20260301T033000-abcdef",
    kind: "nightly",
    state,
    asOf: null,
    scheduledFor,
    startedAt,
    finishedAt: null,
    releaseId: null,
    error: null,
    steps: [],
  };
}

test("a night covers its slot whatever came of it, unless it was killed or cancelled", () => {
  for (const state of ["succeeded", "failed", "skipped", "running"] as const) {
    expect(findCoveredUntil([night(state, "2026-03-10T03:30:00.000Z")], now)).toEqual(new Date("2026-03-10T03:30:00Z"));
  }
  const killed = night("abandoned", "2026-03-10T03:30:00.000Z");
  const before = night("succeeded", "2026-03-09T03:30:00.000Z");
  expect(findCoveredUntil([killed, before], now)).toEqual(new Date("2026-03-09T03:30:00Z"));
  expect(findCoveredUntil([killed, killed, killed, before], now)).toEqual(new Date("2026-03-10T03:30:00Z"));
  const cancelled = { ...killed, state: "failed", error: { code: "RUN_CANCELLED", detail: "" } } as const;
  expect(findCoveredUntil([cancelled, before], now)).toEqual(new Date("2026-03-09T03:30:00Z"));
});

test("a run that a person started covers the slots before its start", () => {
  expect(findCoveredUntil([night("succeeded", null, "2026-03-10T08:00:00Z")], now)).toEqual(
    new Date("2026-03-10T08:00:00Z"),
  );
});

test("ingests cover nothing, nor do runs from a day that has not come", () => {
  const ingest = { ...night("succeeded", null, "2026-03-10T08:00:00Z"), kind: "ingest" } as const;
  const future = night("succeeded", "2036-03-10T03:30:00.000Z");
  expect(findCoveredUntil([ingest, future], now)).toBeUndefined();
});
