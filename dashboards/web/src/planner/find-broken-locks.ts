import type { Stop } from "./edit-plan.ts";
import { isTask, type PlanLocks } from "./plan-locks.ts";
import { nameOfTask, type RoutePlan } from "./vroom.ts";

/** A lock that a plan does not keep, told of one stop. */
export interface BrokenLock {
  /**
   * "moved": on its vehicle at another rank; "left": on another vehicle or on none; "foreign": not locked, but among what is.
   */
  readonly kind: "moved" | "left" | "foreign";
  /** The vehicle that the lock is of. */
  readonly vehicle: number;
  readonly stop: Stop;
  /** Its number among the tasks of the locked route, from 1; undefined for a foreign stop and one that is only tied to the vehicle. */
  readonly rank: number | undefined;
  /** Where it is now; undefined where it is left out. */
  readonly now: { readonly vehicle: number; readonly rank: number } | undefined;
}

/**
 * What a plan changes of what is locked. A tied stop on another vehicle is not told, as the API names it; nor is one that a search
 * left out, as the tray gives the reason. O(stops).
 */
export function findBrokenLocks({ routes, unassigned }: RoutePlan, { orders, stops }: PlanLocks): BrokenLock[] {
  const tasks = new Map(
    routes.map(({ vehicle, steps }) => [
      vehicle,
      // Tasks have ids.
      steps.filter(isTask).map(({ type, id }) => ({ type, id }) as Stop),
    ]),
  );
  const places = new Map(
    [...tasks].flatMap(([vehicle, list]) => list.map((stop, at) => [nameOfTask(stop), { vehicle, rank: at + 1 }])),
  );
  const ofOrders = [...orders].flatMap(([vehicle, { stops: locked, isWhole }]): BrokenLock[] => {
    const ranks = new Map(locked.filter(isTask).map((stop, at) => [nameOfTask(stop), { stop, rank: at + 1 }]));
    const now = tasks.get(vehicle) ?? [];
    const isKnown = (stop: Stop): boolean => ranks.has(nameOfTask(stop));
    const present = now.filter(isKnown);
    const last = isWhole ? now.length : now.findLastIndex(isKnown);
    const left = [...ranks.values()].filter(({ stop }) => places.get(nameOfTask(stop))?.vehicle !== vehicle);
    // Ranks among what is locked and still there: one stop put in or taken out does not accuse all that follow.
    const wanted = [...ranks.keys()].filter((name) => places.get(name)?.vehicle === vehicle);
    const moved = present.filter((stop, at) => wanted[at] !== nameOfTask(stop));
    const foreign = now.slice(0, Math.max(0, last)).filter((stop) => !isKnown(stop));
    return [
      ...left.map(({ stop, rank }) => tell("left", vehicle, stop, rank)),
      ...moved.map((stop) => tell("moved", vehicle, stop, ranks.get(nameOfTask(stop))?.rank)),
      ...foreign.map((stop) => tell("foreign", vehicle, stop, undefined)),
    ];
  });
  const told = new Set(ofOrders.map(({ stop }) => nameOfTask(stop)));
  const ofTies = unassigned.flatMap(({ type, id, reason }): BrokenLock[] => {
    const vehicle = stops.get(nameOfTask({ type, id }));
    const isTakenOff = reason === "not-planned" && vehicle !== undefined && !told.has(nameOfTask({ type, id }));
    return isTakenOff ? [tell("left", vehicle, { type, id }, undefined)] : [];
  });
  return [...ofOrders, ...ofTies];

  function tell(kind: BrokenLock["kind"], vehicle: number, stop: Stop, rank: number | undefined): BrokenLock {
    return { kind, vehicle, stop, rank, now: places.get(nameOfTask(stop)) };
  }
}
