import type { PlanStep, ProblemVehicle, RouteProblem, Violation } from "./vroom.ts";

/** By how much a rule is broken at a step, in the unit of the rule; undefined where "how much" means nothing. */
export interface Excess {
  readonly amount: number;
  readonly unit: "seconds" | "metres" | "load" | "skill";
}

/** What the API names by its cause, measured against the vehicle. */
export function measureViolation(
  { cause, duration }: Violation,
  step: PlanStep,
  vehicle: ProblemVehicle,
  problem: RouteProblem,
): Excess | undefined {
  if (duration !== undefined) return { amount: duration, unit: "seconds" };
  switch (cause) {
    case "load":
      return {
        amount: Math.max(...(step.load ?? []).map((load, at) => load - (vehicle.capacity?.[at] ?? 0))),
        unit: "load",
      };
    case "max_travel_time":
      return { amount: step.duration - (vehicle.max_travel_time ?? 0), unit: "seconds" };
    case "max_distance":
      return { amount: (step.distance ?? 0) - (vehicle.max_distance ?? 0), unit: "metres" };
    case "skills": {
      const lacking = skillsOf(problem, step).find((skill) => vehicle.skills?.includes(skill) !== true);
      return lacking === undefined ? undefined : { amount: lacking, unit: "skill" };
    }
    default:
      return undefined;
  }
}

function skillsOf(problem: RouteProblem, { type, id }: PlanStep): readonly number[] {
  if (type === "job") return problem.jobs?.find((job) => job.id === id)?.skills ?? [];
  if (type !== "pickup" && type !== "delivery") return [];
  return problem.shipments?.find((shipment) => shipment[type].id === id)?.skills ?? [];
}
