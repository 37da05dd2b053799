import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng, shuffle } from "../../core/rng.ts";
import type { FleetProblem } from "./fleet-problem.ts";
import { RoutePlan } from "./route-plan.ts";
import { createProblem } from "./testing/random-fleet.ts";
import { fitsTrips } from "./trip-loads.ts";

const SERVED = 8;

/** One vehicle, eight tasks (0 and 1 a shipment, the others deliver or are picked up) and two reloads behind them. */
function createTrips(seed: number): { problem: FleetProblem; order: number[] } {
  const rng = createRng(seed);
  const nTasks = SERVED + 2;
  const plain = createProblem(seed, nTasks, 1, false);
  const delivery = new Float64Array(nTasks);
  const pickup = new Float64Array(nTasks);
  for (let task = 2; task < SERVED; task++) (rng.next() < 0.5 ? delivery : pickup)[task] = 1 + rng.nextInt(4);
  pickup[0] = 1 + rng.nextInt(3);
  pickup[1] = -pickup[0];
  const others = Array.from({ length: nTasks - 1 }, (_, at) => at + 1);
  shuffle(others, rng);
  const reloads = { first: SERVED, ofVehicle: [[[8, 9]]], most: Int32Array.of(2) };
  const rules = {
    maxDuration: Float64Array.of(Infinity),
    maxRide: new Float64Array(nTasks).fill(Infinity),
    rideTo: new Int32Array(nTasks).fill(-1),
    hasRides: false,
    maxUsed: Infinity,
    minUsed: 0,
    pinned: new Uint8Array(nTasks + 2),
    orders: undefined,
    dues: undefined,
    stability: undefined,
    balance: undefined,
    minTasks: undefined,
    traffic: undefined,
    reloads: { ...reloads, staysOnBoard: Uint8Array.from({ length: nTasks }, (_, task) => (task < 2 ? 1 : 0)) },
  };
  const capacity = Float64Array.of(4 + rng.nextInt(12));
  // The pickup of the shipment comes first.
  return { problem: { ...plain, delivery, pickup, capacity, rules }, order: [0, ...others] };
}

/** Load on leaving the start and each stop: parcels one by one, each with where it is loaded and unloaded. */
function loadsOf({ delivery, pickup }: FleetProblem, order: readonly number[]): number[] {
  const loads = Array.from({ length: order.length + 1 }, () => 0);
  const carry = (from: number, to: number, amount: number): void => {
    for (let at = from; at < to; at++) loads[at] += amount;
  };
  order.forEach((task, rank) => {
    if (task >= SERVED || task === 1) return;
    const before = order.findLastIndex((one, at) => at < rank && one >= SERVED) + 1;
    const next = order.findIndex((one, at) => at > rank && one >= SERVED) + 1;
    if (task === 0) carry(rank + 1, order.indexOf(1) + 1, pickup[0]);
    else {
      carry(before, rank + 1, delivery[task]);
      carry(rank + 1, next === 0 ? loads.length : next, pickup[task]);
    }
  });
  return loads;
}

describe("loads of trips", () => {
  it("are those of every parcel carried from where it is loaded to where it is unloaded", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { problem, order } = createTrips(seed);
        const plan = new RoutePlan(problem);
        let before = problem.nTasks;
        for (const task of order) {
          plan.link(task, before, 0);
          before = task;
        }
        plan.refreshRoute(0);
        const loads = loadsOf(problem, order);
        expect([plan.load[problem.nTasks], ...order.map((task) => plan.load[task])]).toEqual(loads);
        const fits = Math.max(...loads) <= problem.capacity[0];
        expect(plan.isWithinCapacity(0)).toBe(fits);
        expect(fitsTrips(problem, 0, Int32Array.from(order), order.length)).toBe(fits);
        expect(plan.countServed(0)).toBe(SERVED);
      }),
    );
  });
});
