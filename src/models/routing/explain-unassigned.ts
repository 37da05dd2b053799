import { formatRoute } from "./format-route.ts";
import { timePlan } from "./time-plan.ts";
import type { VroomPlanStep, VroomProblem, VroomTask, VroomVehicle } from "./vroom-problem.ts";
import type { ViolationCause, VroomViolation } from "./vroom-solution.ts";

/** Why a task is left out: `no-room` where an empty vehicle could serve it, but not beside what was served. */
export type UnassignedReason =
  | "skills"
  | "capacity"
  | "time"
  | "max-travel"
  | "max-tasks"
  | "max-duration"
  | "max-ride-time"
  | "locked"
  | "min-tasks"
  | "no-room"
  | "not-planned";

/** Why, and for what fails even alone: the vehicle that misses by least, with what it would break and by how much. */
export interface UnassignedExplanation {
  readonly reason: UnassignedReason;
  readonly explanation: string;
  readonly nearest_miss?: { readonly vehicle: number; readonly violations: readonly VroomViolation[] };
}

const EXPLANATIONS: Readonly<Record<UnassignedReason, string>> = {
  skills: "No vehicle has all the skills it needs.",
  capacity: "It is larger than the capacity of every vehicle with its skills.",
  time: "Even alone on an empty vehicle it would break a time window.",
  "max-travel": "Even alone on an empty vehicle it would break a limit on travel.",
  "max-tasks": "No vehicle may serve so many tasks.",
  "max-duration": "Even alone on an empty vehicle it would take longer than a shift may.",
  "max-ride-time": "Even alone on an empty vehicle its ride would be too long.",
  locked: "The vehicle that it is locked to cannot serve it.",
  "min-tasks": "It is fewer tasks than a vehicle must serve to be used, and fits not beside what was served.",
  "no-room": "It could be served alone, but not beside what was served.",
  "not-planned": "The plan does not name it.",
};

const REASONS: Readonly<Partial<Record<ViolationCause, UnassignedReason>>> = {
  skills: "skills",
  load: "capacity",
  max_tasks: "max-tasks",
  max_duration: "max-duration",
  max_ride_time: "max-ride-time",
  locked_vehicle: "locked",
  max_travel_time: "max-travel",
  max_distance: "max-travel",
};

/** Vehicles that are tried: beyond them a nearer miss may be overlooked. */
const TRIED_VEHICLES = 50;

/** Tries the task, with the other half of its shipment and what it must follow, alone on each vehicle. O(vehicles). */
export function explainUnassigned(problem: VroomProblem, task: VroomTask, isPlan: boolean): UnassignedExplanation {
  if (isPlan) return { reason: "not-planned", explanation: EXPLANATIONS["not-planned"] };
  const index = problem.tasks.indexOf(task);
  const order =
    task.kind === "job"
      ? withEarlier(problem, task)
      : [index, index + (task.kind === "pickup" ? 1 : -1)].sort((a, b) => a - b);
  const tried = problem.vehicles.slice(0, TRIED_VEHICLES);
  const misses = tried.map((vehicle) => ({ vehicle: vehicle.id, violations: tryAlone(problem, vehicle, order) }));
  const nearest = misses.reduce((best, miss) => (compareMisses(miss.violations, best.violations) < 0 ? miss : best));
  if (nearest.violations.length === 0) {
    const isTooFew = tried.every(
      ({ minTasks }, at) => minTasks > order.length || (misses[at]?.violations.length ?? 0) > 0,
    );
    const reason = isTooFew ? "min-tasks" : "no-room";
    return { reason, explanation: EXPLANATIONS[reason] };
  }
  const reason = REASONS[nearest.violations[0]?.cause as ViolationCause] ?? "time";
  return { reason, explanation: EXPLANATIONS[reason], nearest_miss: nearest };
}

/** The job behind all that it must follow, by number of the task. */
function withEarlier({ tasks }: VroomProblem, job: VroomTask): number[] {
  const order: number[] = [];
  const visit = (task: VroomTask): void => {
    const index = tasks.indexOf(task);
    if (order.includes(index)) return;
    for (const id of task.after) visit(tasks.find((one) => one.kind === "job" && one.id === id) as VroomTask);
    order.push(index);
  };
  visit(job);
  return order;
}

function tryAlone(problem: VroomProblem, vehicle: VroomVehicle, order: readonly number[]): readonly VroomViolation[] {
  const steps = order.map((index): VroomPlanStep => {
    const { kind } = problem.tasks[index] as VroomTask;
    return { kind, index, serviceAt: undefined, serviceAfter: undefined, serviceBefore: undefined };
  });
  return timePlan(problem, { ...vehicle, breaks: [], lockedSteps: 0, minTasks: 0, steps }).flatMap(
    (route) => formatRoute(problem, route).violations,
  );
}

/** Skills and locks weigh most, since no plan can mend them; then the number of broken rules, then how much time is missing. */
function compareMisses(a: readonly VroomViolation[], b: readonly VroomViolation[]): number {
  const lacksSkills = (list: readonly VroomViolation[]): number =>
    Number(list.some(({ cause }) => cause === "skills" || cause === "locked_vehicle"));
  const time = (list: readonly VroomViolation[]): number =>
    list.reduce((sum, { duration }) => sum + (duration ?? 0), 0);
  return lacksSkills(a) - lacksSkills(b) || a.length - b.length || time(a) - time(b);
}
