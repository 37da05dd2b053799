import { setRoute, type DraftPlan } from "./draft-plan.ts";
import { canServe, isRouteFeasible } from "./is-route-feasible.ts";
import { spliceDelta } from "./route-cost.ts";

interface Insertion {
  readonly vehicle: number;
  readonly position: number;
  readonly cost: number;
}

/**
 * Regret insertion: puts unassigned jobs into the plan until none fits any more.
 *
 * Each round takes, among the jobs of the highest priority that still fit somewhere, the one with the greatest regret:
 * how much dearer its second to k-th best vehicles are than its best. A job that fits one vehicle only comes first.
 * `regretDepth` 1 is cheapest insertion. Ties go to the cheaper insertion, then to the smaller job number.
 * With `ignorePriority` all jobs count alike: several cheap jobs can be worth more than the one that crowds them out.
 *
 * Time O(jobs² · longest route) feasibility checks at worst: after an insertion only the changed route is looked at
 * again. Source: Potvin and Rousseau (1993), regret-k after Ropke and Pisinger (2006).
 */
export function insertJobsInPlace(plan: DraftPlan, regretDepth: number, ignorePriority = false): void {
  const { problem } = plan;
  const best = new Map<number, (Insertion | undefined)[]>();
  for (const job of plan.unassigned) {
    best.set(
      job,
      problem.vehicles.map((_, vehicle) => findInsertion(plan, vehicle, job)),
    );
  }
  for (;;) {
    const choice = chooseJob(plan, best, regretDepth, ignorePriority);
    if (choice === undefined) return;
    const { job, insertion } = choice;
    setRoute(plan, insertion.vehicle, plan.routes[insertion.vehicle].toSpliced(insertion.position, 0, job));
    plan.unassigned = plan.unassigned.filter((other) => other !== job);
    best.delete(job);
    for (const [other, insertions] of best)
      insertions[insertion.vehicle] = findInsertion(plan, insertion.vehicle, other);
  }
}

function chooseJob(
  plan: DraftPlan,
  best: ReadonlyMap<number, readonly (Insertion | undefined)[]>,
  regretDepth: number,
  ignorePriority: boolean,
): { job: number; insertion: Insertion } | undefined {
  let chosen: { job: number; insertion: Insertion; priority: number; regret: number } | undefined;
  for (const [job, insertions] of best) {
    const possible = insertions.filter((insertion) => insertion !== undefined).sort((a, b) => a.cost - b.cost);
    const insertion = possible[0];
    if (insertion === undefined) continue;
    let regret = 0;
    for (let rank = 1; rank < regretDepth; rank++) {
      regret += possible[rank] === undefined ? 1e12 : possible[rank].cost - insertion.cost;
    }
    const priority = ignorePriority ? 0 : plan.problem.jobs[job].priority;
    const isBetter =
      chosen === undefined ||
      priority > chosen.priority ||
      (priority === chosen.priority &&
        (regret > chosen.regret || (regret === chosen.regret && insertion.cost < chosen.insertion.cost)));
    if (isBetter) chosen = { job, insertion, priority, regret };
  }
  return chosen;
}

/** Cheapest feasible place of a job in one route, or undefined. */
function findInsertion(plan: DraftPlan, vehicle: number, job: number): Insertion | undefined {
  const { problem } = plan;
  const order = plan.routes[vehicle];
  if (order.length >= problem.vehicles[vehicle].maxTasks || !canServe(problem, vehicle, job)) return undefined;
  const places = Array.from({ length: order.length + 1 }, (_, position) => {
    const cost = spliceDelta(problem, vehicle, order, position, 0, [job]);
    return { vehicle, position, cost };
  }).sort((a, b) => a.cost - b.cost || a.position - b.position);
  return places.find(({ position }) => isRouteFeasible(problem, vehicle, order.toSpliced(position, 0, job)));
}
