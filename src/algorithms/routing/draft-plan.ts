import { routeCost } from "./route-cost.ts";
import type { RoutePlan, RoutingProblem } from "./routing-problem.ts";

/** A plan while it is built and improved. The operators keep every route feasible and `costs` up to date. */
export interface DraftPlan {
  readonly problem: RoutingProblem;
  readonly routes: number[][];
  /** Cost of each route, as `routeCost` says. */
  readonly costs: number[];
  /** Jobs of no route, ascending. */
  unassigned: number[];
}

/** Differences below this are rounding, not improvement: costs are sums of floating-point numbers. */
export const COST_TOLERANCE = 1e-7;

export function createDraftPlan(problem: RoutingProblem): DraftPlan {
  return {
    problem,
    routes: problem.vehicles.map(() => []),
    costs: problem.vehicles.map(() => 0),
    unassigned: problem.jobs.map((_, job) => job),
  };
}

export function copyPlan(plan: DraftPlan): DraftPlan {
  return { ...plan, routes: plan.routes.map((route) => [...route]), costs: [...plan.costs] };
}

export function setRoute(plan: DraftPlan, vehicle: number, order: number[]): void {
  plan.routes[vehicle] = order;
  plan.costs[vehicle] = routeCost(plan.problem, vehicle, order);
}

/**
 * Order of plans: more priority served, then more jobs served, then less cost. Negative when `a` is the better one.
 * O(jobs + vehicles).
 */
export function comparePlans(a: DraftPlan, b: DraftPlan): number {
  const missed = (plan: DraftPlan): number =>
    plan.unassigned.reduce((sum, job) => sum + plan.problem.jobs[job].priority, 0);
  const cost = (plan: DraftPlan): number => plan.costs.reduce((sum, value) => sum + value, 0);
  return missed(a) - missed(b) || a.unassigned.length - b.unassigned.length || cost(a) - cost(b);
}

export function freezePlan(plan: DraftPlan): RoutePlan {
  return { routes: plan.routes.map((route) => [...route]), unassigned: [...plan.unassigned] };
}
