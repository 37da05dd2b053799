import type { FleetProblem, FleetReloads } from "./fleet-problem.ts";
import type { RoutePlan } from "./route-plan.ts";

/** Tasks that are no reloads; those have the numbers after them. */
export function countServable({ rules, nTasks }: FleetProblem): number {
  return rules?.reloads?.first ?? nTasks;
}

/** Recomputes the loads of a route trip by trip; peaks are those of a node's own trip. O(tasks of the route × dimensions). */
export function refreshTripLoads(plan: RoutePlan, vehicle: number, { first, staysOnBoard }: FleetReloads): void {
  const { problem, next, prev, load, peakBefore, peakAfter } = plan;
  const { nTasks, nDims, delivery, pickup } = problem;
  const isInTrip = (node: number): boolean => node < first;
  for (let d = 0; d < nDims; d++) {
    let onBoard = 0;
    for (let tripStart = nTasks + vehicle; ;) {
      let amount = onBoard;
      let node = next[tripStart];
      for (; isInTrip(node); node = next[node]) amount += delivery[node * nDims + d];
      load[tripStart * nDims + d] = amount;
      let peak = amount;
      peakBefore[tripStart * nDims + d] = peak;
      for (node = next[tripStart]; isInTrip(node); node = next[node]) {
        const at = node * nDims + d;
        amount += pickup[at] - delivery[at];
        if (staysOnBoard[node] === 1) onBoard += pickup[at];
        load[at] = amount;
        peak = Math.max(peak, amount);
        peakBefore[at] = peak;
      }
      const tripEnd = node;
      peak = 0;
      for (node = prev[tripEnd]; ; node = prev[node]) {
        peak = Math.max(peak, load[node * nDims + d]);
        peakAfter[node * nDims + d] = peak;
        if (node === tripStart) break;
      }
      if (tripEnd >= nTasks) break;
      tripStart = tripEnd;
    }
  }
}

/** Whether the loads of `count` tasks in this order, reloads among them, fit the vehicle on every trip. O(count × dimensions). */
export function fitsTrips(problem: FleetProblem, vehicle: number, tasks: Int32Array, count: number): boolean {
  const { nDims, delivery, pickup, capacity, rules } = problem;
  if (rules?.reloads === undefined) return false;
  const { first, staysOnBoard } = rules.reloads;
  for (let d = 0; d < nDims; d++) {
    const most = capacity[vehicle * nDims + d];
    let onBoard = 0;
    for (let from = 0; from <= count;) {
      let amount = onBoard;
      let to = from;
      for (; to < count && tasks[to] < first; to++) amount += delivery[tasks[to] * nDims + d];
      if (amount > most) return false;
      for (let i = from; i < to; i++) {
        const at = tasks[i] * nDims + d;
        amount += pickup[at] - delivery[at];
        if (staysOnBoard[tasks[i]] === 1) onBoard += pickup[at];
        if (amount > most) return false;
      }
      from = to + 1;
    }
  }
  return true;
}
