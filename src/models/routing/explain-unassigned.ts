import { canServe } from "./build-fleet-problem.ts";
import type { VroomProblem, VroomTask } from "./vroom-problem.ts";

/** Why a task is left out: `no-room` where it would fit an empty vehicle, but not beside what was served. */
export type UnassignedReason = "skills" | "capacity" | "no-room";

const EXPLANATIONS: Readonly<Record<UnassignedReason, string>> = {
  skills: "No vehicle has all the skills it needs.",
  capacity: "It is larger than the capacity of every vehicle with its skills.",
  "no-room": "It could be served alone, but not beside what was served.",
};

export function explainUnassigned(
  problem: VroomProblem,
  task: VroomTask,
): { reason: UnassignedReason; explanation: string } {
  const able = problem.vehicles.filter((vehicle) => canServe(vehicle, task));
  const fits = able.filter(({ capacity }) =>
    capacity.every((most, d) => Math.max(task.delivery[d] as number, task.pickup[d] as number) <= most),
  );
  const reason = able.length === 0 ? "skills" : fits.length === 0 ? "capacity" : "no-room";
  return { reason, explanation: EXPLANATIONS[reason] };
}
