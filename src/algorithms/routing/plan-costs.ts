import type { Stability } from "./fleet-problem.ts";
import type { RoutePlan } from "./route-plan.ts";

/** What a route costs for its departures from the running plan. O(tasks of the route). */
export function countChanges(plan: RoutePlan, vehicle: number, stability: Stability): number {
  const { home, turn, moveCost, reorderCost } = stability;
  const { nTasks } = plan.problem;
  let cost = 0;
  let lastTurn = -1;
  for (let node = plan.next[nTasks + vehicle]; node < nTasks; node = plan.next[node]) {
    if (home[node] < 0) continue;
    if (home[node] !== vehicle) cost += moveCost;
    else {
      if (turn[node] < lastTurn) cost += reorderCost;
      lastTurn = turn[node];
    }
  }
  return cost;
}

/** What the longest route costs on top. O(vehicles). */
export function countBalance(plan: RoutePlan): number {
  const { balance } = plan.problem.rules ?? {};
  return balance === undefined ? 0 : balance.cost * measureLongest(plan);
}

/** Work of a used route in the measure of the balance. */
function measureWork(plan: RoutePlan, vehicle: number): number {
  const { balance } = plan.problem.rules ?? {};
  if (balance?.by !== "time") return plan.countServed(vehicle);
  const { routeTravel, routeDelay, routeAction } = plan;
  return routeTravel[vehicle] + routeDelay[vehicle] + routeAction[vehicle] + balance.restTime[vehicle];
}

function measureLongest(plan: RoutePlan): number {
  let longest = 0;
  for (let v = 0; v < plan.taskCount.length; v++) {
    if (plan.taskCount[v] > 0) longest = Math.max(longest, measureWork(plan, v));
  }
  return longest;
}

/** Prices an insertion beyond the route: a task away from its vehicle, and work beyond the longest route. */
export class InsertionPrices {
  readonly hasPrices: boolean;
  private readonly plan: RoutePlan;
  private longest = 0;

  constructor(plan: RoutePlan) {
    const { stability, balance } = plan.problem.rules ?? {};
    this.plan = plan;
    this.hasPrices = stability !== undefined || balance !== undefined;
  }

  /** To be called before the insertions of a task are priced. O(vehicles) with a balance. */
  begin(): void {
    if (this.plan.problem.rules?.balance !== undefined) this.longest = measureLongest(this.plan);
  }

  /** Price of a task's turn behind `before` on the vehicle that the running plan has for it. */
  priceTurn(task: number, before: number, vehicle: number): number {
    const { stability } = this.plan.problem.rules ?? {};
    if (stability === undefined || stability.reorderCost === 0 || stability.home[task] !== vehicle) return 0;
    const { home, turn, reorderCost } = stability;
    const { next, prev, problem } = this.plan;
    let earlier = before;
    while (earlier < problem.nTasks && home[earlier] !== vehicle) earlier = prev[earlier];
    let later = next[before];
    while (later < problem.nTasks && home[later] !== vehicle) later = next[later];
    const low = earlier < problem.nTasks ? turn[earlier] : -1;
    const high = later < problem.nTasks ? turn[later] : Infinity;
    const own = turn[task];
    return reorderCost * ((low > own ? 1 : 0) + (own > high ? 1 : 0) - (low > high ? 1 : 0));
  }

  /** Price of `count` tasks that go to a vehicle together, the first of them `task`, and take so much time more there. */
  price(task: number, count: number, vehicle: number, time: number): number {
    const { stability, balance } = this.plan.problem.rules ?? {};
    let price = 0;
    if (stability !== undefined && stability.home[task] >= 0 && stability.home[task] !== vehicle)
      price += count * stability.moveCost;
    if (balance !== undefined) {
      const isUsed = this.plan.taskCount[vehicle] > 0;
      const before = isUsed ? measureWork(this.plan, vehicle) : 0;
      const added = balance.by === "tasks" ? count : time + (isUsed ? 0 : balance.restTime[vehicle]);
      price += balance.cost * Math.max(0, before + added - this.longest);
    }
    return price;
  }
}
