import type { Stop } from "./edit-plan.ts";
import { nameOfTask, type RoutePlan } from "./vroom.ts";

/** Where and when a task is served in a plan; undefined where it is left out. */
export interface Visit {
  readonly vehicle: number;
  readonly arrival: number;
}

export interface ChangedStop {
  readonly stop: Stop;
  readonly before: Visit | undefined;
  readonly after: Visit | undefined;
}

/** Tasks that another vehicle serves, or at another time, or only one of the plans. */
export function comparePlans(before: RoutePlan, after: RoutePlan): ChangedStop[] {
  const old = listVisits(before);
  const now = listVisits(after);
  return [...new Map([...old, ...now])].flatMap(([name, { stop }]) => {
    const [first, second] = [old.get(name)?.visit, now.get(name)?.visit];
    const isSame = first?.vehicle === second?.vehicle && first?.arrival === second?.arrival;
    return isSame ? [] : [{ stop, before: first, after: second }];
  });
}

function listVisits({ routes }: RoutePlan): Map<string, { readonly stop: Stop; readonly visit: Visit }> {
  return new Map(
    routes.flatMap(({ vehicle, steps }) =>
      steps.flatMap(({ type, id, arrival }) => {
        if (id === undefined || (type !== "job" && type !== "pickup" && type !== "delivery")) return [];
        const stop: Stop = { type, id };
        return [[nameOfTask(stop), { stop, visit: { vehicle, arrival } }] as const];
      }),
    ),
  );
}
