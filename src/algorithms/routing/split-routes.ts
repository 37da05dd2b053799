import type { Rng } from "../../core/rng.ts";
import type { UniformFleet } from "./uniform-fleet.ts";

/**
 * Cuts a plan into `parts` neighbourhoods of about as many tasks each: whole routes in the order of how much nearer they are to a
 * random task than to the task farthest from it. Writes the part of each task into `partOf`; tasks on no route go by themselves.
 * O(tasks + routes log routes).
 */
export function splitRoutes(
  fleet: UniformFleet,
  rng: Rng,
  routes: readonly ArrayLike<number>[],
  parts: number,
  partOf: Int32Array,
): void {
  const { nTasks, stride, cost, costBack } = fleet;
  const near = rng.nextInt(nTasks) * stride;
  let far = near;
  for (let task = 0; task < nTasks; task++) {
    if (cost[near + task] + costBack[near + task] > cost[near + far / stride] + costBack[near + far / stride])
      far = task * stride;
  }
  const lean = (task: number): number =>
    cost[near + task] + costBack[near + task] - cost[far + task] - costBack[far + task];
  const isServed = new Uint8Array(nTasks);
  const groups: { readonly tasks: ArrayLike<number>; readonly lean: number }[] = [];
  for (const route of routes) {
    if (route.length === 0) continue;
    let sum = 0;
    for (let at = 0; at < route.length; at++) {
      isServed[route[at]] = 1;
      sum += lean(route[at]);
    }
    groups.push({ tasks: route, lean: sum / route.length });
  }
  for (let task = 0; task < nTasks; task++) if (isServed[task] === 0) groups.push({ tasks: [task], lean: lean(task) });
  groups.sort((a, b) => a.lean - b.lean);
  let done = 0;
  for (const { tasks } of groups) {
    const part = Math.min(parts - 1, Math.floor(((done + tasks.length / 2) * parts) / nTasks));
    for (let at = 0; at < tasks.length; at++) partOf[tasks[at]] = part;
    done += tasks.length;
  }
}
