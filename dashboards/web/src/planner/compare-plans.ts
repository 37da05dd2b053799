import { nameOfTask, type RoutePlan } from "./vroom.ts";

/** Where and when a task is served in a plan; undefined where it is left out. */
export interface Visit {
  readonly vehicle: number;
  readonly arrival: number;
}

export interface ChangedStop {
  readonly name: string;
  readonly before: Visit | undefined;
  readonly after: Visit | undefined;
}

/** Tasks that another vehicle serves, or at another time, or only one of the plans; by name. */
export function comparePlans(before: RoutePlan, after: RoutePlan): ChangedStop[] {
  const old = listVisits(before);
  const now = listVisits(after);
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
    const [first, second] = [old.get(name), now.get(name)];
    const isSame = first?.vehicle === second?.vehicle && first?.arrival === second?.arrival;
    return isSame ? [] : [{ name, before: first, after: second }];
  });
}

function listVisits({ routes }: RoutePlan): Map<string, Visit> {
  return new Map(
    routes.flatMap(({ vehicle, steps }) =>
      steps.flatMap((step): [string, Visit][] =>
        step.type === "job" || step.type === "pickup" || step.type === "delivery"
          ? [[nameOfTask(step), { vehicle, arrival: step.arrival }]]
          : [],
      ),
    ),
  );
}
