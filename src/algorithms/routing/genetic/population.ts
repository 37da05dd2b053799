import type { Routes } from "./exchange-routes.ts";
import type { PenalisedPlan, Penalties } from "./penalised-plan.ts";

/** A plan of a population. */
export interface Member {
  readonly routes: Routes;
  /** Task before and task behind each task; the number of tasks stands for the depot. */
  readonly before: Int32Array;
  readonly behind: Int32Array;
  readonly cost: number;
  readonly excessLoad: number;
  readonly lateness: number;
  /** Distances to the others of its population, ascending. */
  readonly near: { distance: number; member: Member }[];
}

/** Members after a selection, and how many may join until the next; those that survive for cost alone; how many neighbours tell diversity. */
const SMALLEST = 25;
const GENERATION = 40;
const ELITE = 4;
const CLOSEST = 5;
const EPSILON = 1e-6;

/** Plans of one kind (that keep all, or that break something), kept for what they cost and for how much they differ from each other. */
export class Population {
  readonly members: Member[] = [];
  private readonly penalties: Penalties;

  constructor(penalties: Penalties) {
    this.penalties = penalties;
  }

  /** O(members × tasks). */
  add(member: Member): void {
    for (const other of this.members) {
      const distance = countBroken(member, other);
      insertNear(member, other, distance);
      insertNear(other, member, distance);
    }
    this.members.push(member);
    if (this.members.length <= SMALLEST + GENERATION) return;
    while (this.members.length > SMALLEST) this.removeWorst();
  }

  clear(): void {
    this.members.length = 0;
  }

  /** For each member its place by cost plus, weighed, its place by diversity: the lower the fitter. O(members log members). */
  rank(): Float64Array {
    const { members } = this;
    const count = members.length;
    const fitness = new Float64Array(count);
    const order = Array.from({ length: count }, (_, at) => at);
    const prices = members.map((member) => this.priceOf(member));
    order.sort((a, b) => prices[a] - prices[b]);
    order.forEach((at, place) => (fitness[at] = place));
    const diversity = members.map(meanNear);
    order.sort((a, b) => diversity[b] - diversity[a]);
    const weight = count <= ELITE ? 0 : 1 - ELITE / count;
    order.forEach((at, place) => (fitness[at] += weight * place));
    return fitness;
  }

  private priceOf({ cost, excessLoad, lateness }: Member): number {
    return cost + excessLoad * this.penalties.load + lateness * this.penalties.lateness;
  }

  /** Twins go first, then the least fit; never the cheapest. */
  private removeWorst(): void {
    const { members } = this;
    const fitness = this.rank();
    const cheapest = members.reduce((a, b) => (this.priceOf(b) < this.priceOf(a) ? b : a));
    let worst = -1;
    let worstValue = -Infinity;
    members.forEach((member, at) => {
      const isTwin = member.near[0].distance < EPSILON;
      const value = fitness[at] + (isTwin ? 2 * members.length : 0);
      if (member === cheapest || value <= worstValue) return;
      worst = at;
      worstValue = value;
    });
    const [gone] = members.splice(worst, 1);
    for (const { near } of members) {
      const at = near.findIndex(({ member }) => member === gone);
      near.splice(at, 1);
    }
  }
}

/** The plan as it is laid. O(tasks). */
export function createMember(plan: PenalisedPlan): Member {
  const { fleet, nRoutes } = plan;
  const routes = plan.readRoutes();
  const before = new Int32Array(fleet.nTasks).fill(fleet.depot);
  const behind = new Int32Array(fleet.nTasks).fill(fleet.depot);
  let excessLoad = 0;
  let lateness = 0;
  for (let route = 0; route < nRoutes; route++) {
    excessLoad += Math.max(0, plan.load[route] - fleet.capacity);
    lateness += plan.lateness[route];
    const tasks = routes[route];
    for (let at = 1; at < tasks.length; at++) {
      before[tasks[at]] = tasks[at - 1];
      behind[tasks[at - 1]] = tasks[at];
    }
  }
  return { routes, before, behind, cost: plan.totalCost(), excessLoad, lateness, near: [] };
}

/** True for a plan that breaks nothing. */
export function isAllowed({ excessLoad, lateness }: Member): boolean {
  return excessLoad === 0 && lateness === 0;
}

/** Legs of one that the other has not, either way round, per task. */
function countBroken(a: Member, b: Member): number {
  const nTasks = a.before.length;
  let count = 0;
  for (let task = 0; task < nTasks; task++) {
    const behind = a.behind[task];
    if (behind !== b.behind[task] && behind !== b.before[task]) count++;
    if (a.before[task] === nTasks && b.before[task] !== nTasks && b.behind[task] !== nTasks) count++;
  }
  return count / nTasks;
}

function insertNear(member: Member, other: Member, distance: number): void {
  const { near } = member;
  let at = near.length;
  while (at > 0 && near[at - 1].distance > distance) at--;
  near.splice(at, 0, { distance, member: other });
}

function meanNear({ near }: Member): number {
  const count = Math.min(CLOSEST, near.length);
  let sum = 0;
  for (let i = 0; i < count; i++) sum += near[i].distance;
  return count === 0 ? 1 : sum / count;
}
