import type { FieldFault } from "../../core/errors.ts";
import type { VroomTask } from "./vroom-problem.ts";

/** Notes jobs that are to follow jobs that there are not, and circles of jobs of which each is to follow the one before. */
export function noteOrders(jobs: readonly VroomTask[], faults: FieldFault[]): void {
  const byId = new Map(jobs.map((job, at) => [job.id, { after: job.after, at }]));
  const note = (at: number, message: string): void => void faults.push({ pointer: `/jobs/${at}/after`, message });
  jobs.forEach(({ after }, at) => {
    for (const id of after) if (!byId.has(id)) note(at, `${id} is the id of no job`);
  });
  // Jobs leave once all that they follow have left; what is left at last stands in a circle or behind one.
  const missing = new Map(jobs.map(({ id, after }) => [id, new Set(after.filter((one) => byId.has(one))).size]));
  const followers = new Map<number, number[]>();
  for (const { id, after } of jobs) {
    for (const one of new Set(after)) followers.set(one, [...(followers.get(one) ?? []), id]);
  }
  const ready = jobs.filter(({ id }) => missing.get(id) === 0).map(({ id }) => id);
  for (const id of ready) {
    for (const follower of followers.get(id) ?? []) {
      const left = (missing.get(follower) as number) - 1;
      missing.set(follower, left);
      if (left === 0) ready.push(follower);
    }
  }
  const stuck = new Set([...missing].flatMap(([id, count]) => (count > 0 ? [id] : [])));
  let id = [...stuck][0];
  if (id === undefined) return;
  const path: number[] = [];
  while (!path.includes(id)) {
    path.push(id);
    id = byId.get(id)?.after.find((one) => stuck.has(one)) as number;
  }
  const circle = [...path.slice(path.indexOf(id)), id].toReversed();
  note(byId.get(id)?.at as number, `makes a circle: ${circle.join(" before ")}`);
}
