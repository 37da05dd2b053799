import type { Stop } from "./edit-plan.ts";
import type { RoutePlan } from "./vroom.ts";

/** A place on the map. */
export interface Mark {
  readonly location: readonly [number, number];
  /** Who serves it; undefined for what is left out. */
  readonly vehicle: number | undefined;
  /** Undefined for the start or end of a route. */
  readonly stop: Stop | undefined;
}

/** Every place of a plan that has coordinates, tasks left out included. */
export function listMarks({ routes, unassigned }: RoutePlan): Mark[] {
  const served = routes.flatMap(({ vehicle, steps }) =>
    steps.flatMap(({ location, type, id }): Mark[] => {
      if (location === undefined) return [];
      const stop =
        type === "start" || type === "end" || type === "reload" || id === undefined ? undefined : { type, id };
      return [{ location, vehicle, stop }];
    }),
  );
  const left = unassigned.flatMap(({ location, type, id }): Mark[] =>
    location === undefined ? [] : [{ location, vehicle: undefined, stop: { type, id } }],
  );
  return [...served, ...left];
}
