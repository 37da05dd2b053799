import type { Stop } from "./edit-plan.ts";
import type { PlanStep, RoutePlan } from "./vroom.ts";

/** A place on the map. */
export interface Mark {
  readonly location: readonly [number, number];
  /** Who serves it; undefined for what is left out. */
  readonly vehicle: number | undefined;
  /** Undefined for the start or end of a route and for a reload. */
  readonly stop: Stop | undefined;
  readonly isReload: boolean;
  /** What asks for attention there: a broken rule or lock, or lateness. */
  readonly alarm: "bad" | "amber-mark" | undefined;
}

/** Every place of a plan that has coordinates, tasks left out included. `isBroken` says whether a step breaks a rule or a lock. */
export function listMarks({ routes, unassigned }: RoutePlan, isBroken: (step: PlanStep) => boolean): Mark[] {
  const served = routes.flatMap(({ vehicle, steps }) =>
    steps.flatMap((step): Mark[] => {
      const { location, type, id, lateness = 0 } = step;
      if (location === undefined) return [];
      const stop =
        type === "start" || type === "end" || type === "reload" || id === undefined ? undefined : { type, id };
      const alarm = isBroken(step) ? "bad" : lateness > 0 ? "amber-mark" : undefined;
      return [{ location, vehicle, stop, isReload: type === "reload", alarm }];
    }),
  );
  const left = unassigned.flatMap(({ location, type, id }): Mark[] =>
    location === undefined
      ? []
      : [{ location, vehicle: undefined, stop: { type, id }, isReload: false, alarm: undefined }],
  );
  return [...served, ...left];
}
