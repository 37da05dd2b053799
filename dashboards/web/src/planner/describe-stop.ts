import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { findMessage } from "../text/messages.ts";
import { formatSpan, formatNumber } from "./format-amounts.ts";
import type { BrokenLock } from "./find-broken-locks.ts";
import { nameOfTask, type PlanStep } from "./vroom.ts";

/** A stop in the reader's language: `job 4`, `reload 1`, `start`. */
export function describeStop(stop: { readonly type: string; readonly id?: number }): string {
  return (
    findMessage(language.value, `stopKind.${stop.type}`)?.replace("{id}", String(stop.id ?? "")) ?? nameOfTask(stop)
  );
}

/** Each step of a route in words; a reload says where it is and which trip it begins. */
export function describeSteps(steps: readonly PlanStep[]): string[] {
  let trip = 1;
  return steps.map((step) => {
    if (step.type !== "reload") return describeStop(step);
    trip++;
    const depot =
      step.description ??
      (step.id === 0 ? text("planner.reloadAtStart") : text("planner.reloadAtDepot", { id: step.id ?? "" }));
    return text("planner.reload", { depot, trip });
  });
}

/** How late, and what it costs where it costs anything; undefined where nothing is late. */
export function describeLateness(late: {
  readonly lateness?: number;
  readonly lateness_cost?: number;
}): string | undefined {
  const { lateness = 0, lateness_cost: cost = 0 } = late;
  if (lateness === 0) return undefined;
  const span = formatSpan(lateness, language.value);
  return cost === 0 ? span : text("planner.lateCosts", { span, cost: formatNumber(cost, language.value, 2) });
}

/** Which lock is broken, and how far the stop is from where it is locked. */
export function describeBrokenLock({ kind, vehicle, rank, now }: BrokenLock): string {
  if (kind === "foreign") return text("planner.lockForeign", { rank: now?.rank ?? "" });
  if (kind === "moved") return text("planner.lockMoved", { rank: rank ?? "", now: now?.rank ?? "" });
  const was = rank === undefined ? text("planner.lockedTo", { vehicle }) : text("planner.lockedAs", { vehicle, rank });
  return now === undefined
    ? text("planner.lockLeftOut", { was })
    : text("planner.lockLeft", { was, vehicle: now.vehicle, rank: now.rank });
}
