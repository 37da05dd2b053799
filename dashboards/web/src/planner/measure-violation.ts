import { isTask } from "./plan-locks.ts";
import type { PlanRoute, PlanStep, ProblemVehicle, RouteProblem, Violation } from "./vroom.ts";

/** By how much a rule is broken at a step, in the unit of the rule; undefined where "how much" means nothing. */
export interface Excess {
  readonly amount: number;
  readonly unit: "seconds" | "metres" | "load" | "count" | "skill";
}

/** What the API names by its cause, measured against the vehicle. */
export function measureViolation(
  { cause, duration }: Violation,
  step: PlanStep,
  { steps }: Pick<PlanRoute, "steps">,
  vehicle: ProblemVehicle,
  problem: RouteProblem,
): Excess | undefined {
  if (duration !== undefined) return { amount: duration, unit: "seconds" };
  const countUpTo = (isCounted: (one: PlanStep) => boolean): number =>
    steps.slice(0, steps.indexOf(step) + 1).filter(isCounted).length;
  switch (cause) {
    case "load":
      return { amount: excessOf(step.load, vehicle.capacity), unit: "load" };
    case "max_load":
      return { amount: excessOf(step.load, vehicle.breaks?.find(({ id }) => id === step.id)?.max_load), unit: "load" };
    case "max_travel_time":
      return { amount: step.duration - (vehicle.max_travel_time ?? 0), unit: "seconds" };
    case "max_distance":
      return { amount: (step.distance ?? 0) - (vehicle.max_distance ?? 0), unit: "metres" };
    case "max_tasks":
      return { amount: countUpTo(isTask) - (vehicle.max_tasks ?? 0), unit: "count" };
    case "max_trips":
      return { amount: countUpTo(({ type }) => type === "reload") + 1 - (vehicle.max_trips ?? 1), unit: "count" };
    case "min_tasks":
      return { amount: steps.filter(isTask).length - (vehicle.min_tasks ?? 0), unit: "count" };
    case "skills": {
      const lacking = skillsOf(problem, step).find((skill) => vehicle.skills?.includes(skill) !== true);
      return lacking === undefined ? undefined : { amount: lacking, unit: "skill" };
    }
    default:
      return undefined;
  }
}

/** The largest excess over a limit of any dimension. */
function excessOf(load: readonly number[] = [], limit: readonly number[] = []): number {
  return Math.max(...load.map((amount, at) => amount - (limit[at] ?? 0)));
}

function skillsOf(problem: RouteProblem, { type, id }: PlanStep): readonly number[] {
  if (type === "job") return problem.jobs?.find((job) => job.id === id)?.skills ?? [];
  if (type !== "pickup" && type !== "delivery") return [];
  return problem.shipments?.find((shipment) => shipment[type].id === id)?.skills ?? [];
}
