import { createHash } from "node:crypto";
import { type IsoDate, toIsoDate } from "../../core/dates.ts";
import { findLastDay } from "../../warehouse/marts/find-last-day.ts";
import { readFactState } from "../../warehouse/read-fact-state.ts";
import type { RunContext } from "../run-recorded-steps.ts";

/** What the steps of a night share. What they make lies in the warehouse and in the var folder. */
export interface NightlyContext extends RunContext {
  /** Hash of the code that runs. */
  readonly code: string;
  /** The day that was asked for; undefined: the last day of data. */
  readonly requestedAsOf: IsoDate | undefined;
}

/** The day the night is built for: facts after it are left out. Today where there is no data at all. */
export async function resolveAsOf(context: NightlyContext): Promise<IsoDate> {
  if (context.requestedAsOf !== undefined) return context.requestedAsOf;
  return (await findLastDay(context.warehouse.session)) ?? toIsoDate(context.clock.now());
}

/** Identity of facts and code: what conform reads. */
export async function fingerprintFacts(context: NightlyContext): Promise<string> {
  return fingerprint(context.code, await readFactState(context.warehouse.session));
}

/** Identity of facts, code and day: what the marts, and so the models, are made from. */
export async function fingerprintMarts(context: NightlyContext): Promise<string> {
  return fingerprint(await fingerprintFacts(context), await resolveAsOf(context));
}

export function fingerprint(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}
