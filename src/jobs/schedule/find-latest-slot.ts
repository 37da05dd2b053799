import { createTask, parse, validateDetailed } from "node-cron";
import { fail } from "../../core/errors.ts";

const DAY_MS = 86_400_000;

/**
 * The newest instant at which the cron expression (UTC, five or six fields) fires, with `after` < instant ≤ `upTo`;
 * undefined when there is none. Days are matched by node-cron itself, so that plan and timer cannot disagree.
 * O(days between the two instants). Throws `CONFIG_INVALID` on a bad expression.
 */
export function findLatestSlot(expression: string, after: Date, upTo: Date): Date | undefined {
  const { timesOfDay, matches } = compile(expression);
  const lastDay = Math.floor(upTo.getTime() / DAY_MS);
  const firstDay = Math.floor(after.getTime() / DAY_MS);
  for (let day = lastDay; day >= firstDay; day--) {
    const time = timesOfDay.findLast((ms) => day * DAY_MS + ms <= upTo.getTime());
    if (time === undefined) continue;
    const slot = new Date(day * DAY_MS + time);
    if (slot.getTime() <= after.getTime()) return undefined;
    if (matches(slot)) return slot;
  }
  return undefined;
}

interface CompiledCron {
  /** Milliseconds since midnight of every firing of a day that fires, ascending. */
  readonly timesOfDay: readonly number[];
  readonly matches: (instant: Date) => boolean;
}

/** A process knows one expression or two, and asks again and again. */
const compiled = new Map<string, CompiledCron>();

function compile(expression: string): CompiledCron {
  let cron = compiled.get(expression);
  if (cron === undefined) {
    checkCron(expression);
    const { hour, minute, second } = parse(expression);
    // Never started: it only matches.
    const task = createTask(expression, () => {}, { timezone: "UTC" });
    cron = { timesOfDay: combine(hour, minute, second), matches: (instant) => task.match(instant) };
    compiled.set(expression, cron);
  }
  return cron;
}

/** Throws `CONFIG_INVALID` naming the field that node-cron refuses. */
export function checkCron(expression: string): void {
  const { valid, errors } = validateDetailed(expression);
  if (valid) return;
  const faults = errors.map((error) => `${error.field}: ${error.message}`).join("; ");
  throw fail("CONFIG_INVALID", `TRADEWIND_NIGHTLY_CRON="${expression}" is not a cron expression (${faults}).`);
}

function combine(hours: readonly number[], minutes: readonly number[], seconds: readonly number[]): number[] {
  const times = hours.flatMap((hour) =>
    minutes.flatMap((minute) => seconds.map((second) => ((hour * 60 + minute) * 60 + second) * 1000)),
  );
  return times.sort((a, b) => a - b);
}
