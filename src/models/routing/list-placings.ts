import type { FleetProblem } from "../../algorithms/routing/fleet-problem.ts";
import { fitsTrips } from "../../algorithms/routing/trip-loads.ts";

/** A way to put a job into the order of a vehicle. */
export interface Placing {
  /** The order with the job, and with the reload where one is set in for it. */
  readonly order: readonly number[];
  /** Tasks before the job, reloads not counted. */
  readonly position: number;
  /** What legs and actions cost more, at the fastest time of day. */
  readonly cost: number;
}

/** So many ways with a further reload are kept, the cheapest ones. */
const MOST_WITH_RELOAD = 300;

/**
 * All ways to put `job` into `order` behind its first `locked` nodes, alone or together with a reload that the vehicle may still use in the
 * trip that the job comes into, cheapest first. Loads with a reload fit; nothing else is asked. O(places ** 2 × places to reload).
 */
export function listPlacings(
  fleet: FleetProblem,
  vehicle: number,
  order: readonly number[],
  job: number,
  locked: number,
): Placing[] {
  const { reloads } = fleet.rules ?? {};
  const isReload = (node: number): boolean => reloads !== undefined && node >= reloads.first;
  const countTasks = (list: readonly number[], end: number): number =>
    list.slice(0, end).filter((node) => !isReload(node)).length;
  const price = createPricer(fleet, vehicle);
  const free =
    reloads !== undefined && order.filter(isReload).length < (reloads.most[vehicle] as number)
      ? (reloads.ofVehicle[vehicle] ?? []).flatMap((equal) => equal.find((one) => !order.includes(one)) ?? [])
      : [];
  const alone: Placing[] = [];
  const pairs: { readonly place: number; readonly node: number; readonly at: number; readonly cost: number }[] = [];
  for (let place = locked; place <= order.length; place++) {
    const withJob = order.toSpliced(place, 0, job);
    const cost = price(order, place, job);
    alone.push({ order: withJob, position: countTasks(order, place), cost });
    const from = withJob.findLastIndex((node, at) => at < place && isReload(node)) + 1;
    const next = withJob.findIndex((node, at) => at > place && isReload(node));
    const to = next < 0 ? withJob.length : next;
    for (const node of free) {
      for (let at = Math.max(from + 1, locked); at < to; at++)
        pairs.push({ place, node, at, cost: cost + price(withJob, at, node) });
    }
  }
  const together = pairs
    .sort((a, b) => a.cost - b.cost)
    .slice(0, MOST_WITH_RELOAD)
    .flatMap(({ place, node, at, cost }): Placing[] => {
      const whole = order.toSpliced(place, 0, job).toSpliced(at, 0, node);
      if (!fitsTrips(fleet, vehicle, Int32Array.from(whole), whole.length)) return [];
      return [{ order: whole, position: countTasks(order, place), cost }];
    });
  return [...alone, ...together].sort((a, b) => a.cost - b.cost);
}

/** What a node costs more that comes into a list of them at a place. */
function createPricer(fleet: FleetProblem, vehicle: number) {
  const { nTasks, nVehicles, location, nLocations, costs, vehicleClass, actionCost, service, setup } = fleet;
  const kind = vehicleClass[vehicle] as number;
  const legs = costs[kind] as Float64Array;
  const leg = (from: number, to: number): number =>
    legs[(location[from] as number) * nLocations + (location[to] as number)] as number;
  return (list: readonly number[], place: number, node: number): number => {
    const before = list[place - 1] ?? nTasks + vehicle;
    const after = list[place] ?? nTasks + nVehicles + vehicle;
    const isSame = location[before] === location[node];
    const action = (service[kind]?.[node] ?? 0) + (isSame ? 0 : (setup[kind]?.[node] ?? 0));
    return leg(before, node) + leg(node, after) - leg(before, after) + (actionCost[kind] as number) * action;
  };
}
