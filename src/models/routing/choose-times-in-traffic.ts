import { arriveAfter, coverBetween, forEachRelief, type TrafficDay } from "../../algorithms/routing/traffic.ts";
import { listMeetingStarts } from "../../algorithms/routing/list-meeting-starts.ts";
import type { PlanItem } from "./list-plan-items.ts";

/** So much cheaper a later end must be. */
const LEAD = 1;

/** Begins of all items, and what matters about them. */
interface PlanTiming {
  readonly times: readonly number[];
  /** Arrivals and ends of service. */
  readonly moments: readonly number[];
  /** Time after windows have closed. */
  readonly violation: number;
  /** Of lateness and of travel. */
  readonly cost: number;
}

/**
 * When each item of a plan begins where travel depends on the time of day: nothing before its window, everything as early as
 * the start allows. The start is the earliest, the latest that leaves the end and all lateness as they are then, or one that spares
 * traffic: the cheapest by lateness and travel, a unit of which costs `timeCost`, of equals the latest that ends as early. Undefined where bounds contradict each other.
 * O(items × (log of the waiting time + periods)).
 */
export function chooseTimesInTraffic(
  items: readonly PlanItem[],
  day: TrafficDay,
  timeCost: number,
): readonly number[] | undefined {
  const [first] = items as [PlanItem];
  const start = Math.max(first.bounds[0], first.windows[0]?.[0] ?? 0);
  const earliest = runForward(items, day, start, timeCost);
  if (earliest === undefined) return undefined;
  const end = earliest.times.at(-1) as number;
  let best = earliest;
  const attempt = (other: PlanTiming | undefined): void => {
    if (other === undefined || other.violation > best.violation) return;
    const isLater = (other.times[0] as number) > (best.times[0] as number) && (other.times.at(-1) as number) <= end;
    if (other.cost <= best.cost - LEAD || (isLater && other.cost <= best.cost)) best = other;
  };
  attempt(delayStart(items, day, earliest, timeCost));
  const firstLeg = (items.slice(1).find(({ rest }) => rest === undefined)?.leg ?? 0) * day.scale;
  const attemptAt = (time: number): void => attempt(runForward(items, day, time, timeCost));
  if (timeCost > 0) {
    forEachRelief(day, start, firstLeg, attemptAt);
    const momentsAt = (time: number): readonly number[] | undefined => {
      const timing = runForward(items, day, time, timeCost);
      return timing === undefined || timing.violation > earliest.violation ? undefined : timing.moments;
    };
    const ownTimes = items.flatMap(({ due, windows }) => [
      [...(due === undefined ? [] : [due.by]), ...windows.flat()],
      [],
    ]);
    listMeetingStarts(day, start, momentsAt, ownTimes).forEach(attemptAt);
  }
  return best.times;
}

/** The latest start that ends the plan as early and leaves each item as late as the earliest times do, found by halving. */
function delayStart(items: readonly PlanItem[], day: TrafficDay, earliest: PlanTiming, timeCost: number): PlanTiming {
  const [first] = items as [PlanItem];
  const end = earliest.times.at(-1) as number;
  const isAsGood = ({ times }: PlanTiming): boolean =>
    (times.at(-1) as number) <= end &&
    items.every(
      (item, at) =>
        measureDelay(item, times[at] as number) <= measureDelay(item, earliest.times[at] as number) &&
        measureLateness(item, times[at] as number) <= measureLateness(item, earliest.times[at] as number),
    );
  let best = earliest;
  let low = earliest.times[0] as number;
  let high = Math.min(end, first.bounds[1]) + day.unit;
  while (high - low > day.unit) {
    const middle = low + Math.floor((high - low) / 2 / day.unit) * day.unit;
    const timing = runForward(items, day, middle, timeCost);
    if (timing !== undefined && isAsGood(timing)) {
      best = timing;
      low = middle;
    } else high = middle;
  }
  return best;
}

/** As early as a start allows; undefined where an item would begin after its bounds. */
function runForward(
  items: readonly PlanItem[],
  day: TrafficDay,
  start: number,
  timeCost: number,
): PlanTiming | undefined {
  const times: number[] = [];
  const moments: number[] = [];
  let travel = 0;
  let left = start;
  // Progress on the leg to the next stop: it is driven as far as there is time before the breaks on it.
  let driven = 0;
  for (const [at, item] of items.entries()) {
    let stop = item;
    for (let next = at; stop.rest !== undefined && next < items.length; next++) stop = items[next] as PlanItem;
    const reached = arriveAfter(day, left, Math.max(0, stop.leg * day.scale - driven));
    const begin = Math.max(fitWindows(item, item.rest === undefined ? reached : left), item.bounds[0]);
    if (begin > item.bounds[1]) return undefined;
    travel += Math.min(begin, reached) - left;
    driven = item.rest === undefined ? 0 : driven + coverBetween(day, left, begin);
    times.push(begin);
    left = begin + item.setup + item.service;
    moments.push(reached, left);
  }
  const sum = (measure: (item: PlanItem, time: number) => number): number =>
    items.reduce((total, item, at) => total + measure(item, times[at] as number), 0);
  return { times, moments, violation: sum(measureDelay), cost: travel * timeCost + sum(measureLateness) };
}

/** The first begin in a window; at once where all have closed. */
function fitWindows({ windows }: PlanItem, time: number): number {
  const window = windows.find(([, end]) => time <= end);
  return window === undefined ? time : Math.max(time, window[0]);
}

/** Later than the last window. */
function measureDelay({ windows }: PlanItem, time: number): number {
  return Math.max(0, time - (windows.at(-1)?.[1] ?? Number.POSITIVE_INFINITY));
}

/** Cost of being later than due. */
function measureLateness({ due }: PlanItem, time: number): number {
  return due === undefined ? 0 : due.perHour * Math.max(0, time - due.by);
}
