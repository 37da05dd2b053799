import type { Rng } from "../../core/rng.ts";
import { comparePlans, copyPlan, setRoute, type DraftPlan } from "./draft-plan.ts";
import { improvePlanInPlace } from "./improve-plan.ts";
import { insertJobsInPlace } from "./insert-jobs.ts";
import { maxIterations, type Stop } from "../../core/stop.ts";

const MOST_REMOVED = 8;
const MOVES_PER_ROUND = 200;

/**
 * Gets out of local optima: takes a few neighbouring jobs out of the plan, puts jobs in again with a random depth of
 * regret (others may take their room), improves, and keeps the result where it is not worse. Repeats until `stop`.
 *
 * Input: a plan of feasible routes, not changed. Output: a plan that is as good or better in the order of
 * `comparePlans`. Random numbers come from `rng` only. A plain ruin and recreate after Schrimpf et al. (2000).
 */
export function shakePlan(plan: DraftPlan, rng: Rng, stop: Stop): DraftPlan {
  let best = plan;
  for (let round = 0; !stop.shouldStop(round); round++) {
    const candidate = copyPlan(best);
    removeNeighboursInPlace(candidate, rng);
    insertJobsInPlace(candidate, 1 + rng.nextInt(3), rng.nextInt(2) === 0);
    improvePlanInPlace(candidate, maxIterations(MOVES_PER_ROUND));
    if (comparePlans(candidate, best) <= 0) best = candidate;
  }
  return best;
}

/** Takes the assigned jobs nearest to a random job out of their routes, up to eight. */
function removeNeighboursInPlace(plan: DraftPlan, rng: Rng): void {
  const { problem } = plan;
  const assigned = plan.routes.flat();
  if (assigned.length === 0) return;
  const centre = problem.jobs[rng.nextInt(problem.jobs.length)].node;
  const { durations } = problem.vehicles[0];
  const distanceTo = (job: number): number => durations[centre * problem.nodeCount + problem.jobs[job].node];
  const count = 1 + rng.nextInt(Math.min(MOST_REMOVED, assigned.length));
  const removed = new Set(assigned.sort((a, b) => distanceTo(a) - distanceTo(b) || a - b).slice(0, count));
  plan.routes.forEach((route, vehicle) => {
    if (route.some((job) => removed.has(job)))
      setRoute(
        plan,
        vehicle,
        route.filter((job) => !removed.has(job)),
      );
  });
  plan.unassigned = [...plan.unassigned, ...removed].sort((a, b) => a - b);
}
