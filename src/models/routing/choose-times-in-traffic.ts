import { arriveAfter, coverBetween, type TrafficDay } from "../../algorithms/routing/traffic.ts";
import type { PlanItem } from "./list-plan-items.ts";

/**
 * When each item of a plan begins where travel depends on the time of day: nothing before its window, everything as early as
 * that allows, and the start as late as leaves the end and everything that is late as it was. Undefined where bounds contradict each
 * other. O(items × log of the waiting time).
 */
export function chooseTimesInTraffic(items: readonly PlanItem[], day: TrafficDay): number[] | undefined {
  const [first] = items as [PlanItem];
  const start = Math.max(first.bounds[0], first.windows[0]?.[0] ?? 0);
  const earliest = runForward(items, day, start);
  if (earliest === undefined) return undefined;
  const end = earliest.at(-1) as number;
  const isAsGood = (times: readonly number[] | undefined): times is number[] =>
    times !== undefined &&
    (times.at(-1) as number) <= end &&
    items.every(
      (item, at) => measureLateness(item, times[at] as number) <= measureLateness(item, earliest[at] as number),
    );
  // Later starts are worse and worse, so halving finds the last that is as good.
  let best = earliest;
  let low = start;
  let high = Math.min(end, first.bounds[1]) + day.unit;
  while (high - low > day.unit) {
    const middle = low + Math.floor((high - low) / 2 / day.unit) * day.unit;
    const times = runForward(items, day, middle);
    if (isAsGood(times)) {
      best = times;
      low = middle;
    } else high = middle;
  }
  return best;
}

/** Begins of all items, as early as a start allows; undefined where one would be after its bounds. */
function runForward(items: readonly PlanItem[], day: TrafficDay, start: number): number[] | undefined {
  const times = [start];
  if (start > (items[0] as PlanItem).bounds[1]) return undefined;
  let left = start;
  // Progress on the leg to the next stop: it is driven as far as there is time before the breaks on it.
  let driven = 0;
  for (const [at, item] of items.entries()) {
    if (at === 0) continue;
    const reached = item.rest === undefined ? arriveAfter(day, left, Math.max(0, item.leg * day.scale - driven)) : left;
    const begin = Math.max(fitWindows(item, reached), item.bounds[0]);
    if (begin > item.bounds[1]) return undefined;
    driven = item.rest === undefined ? 0 : driven + coverBetween(day, left, begin);
    times.push(begin);
    left = begin + item.setup + item.service;
  }
  return times;
}

/** The first begin in a window; at once where all have closed. */
function fitWindows({ windows }: PlanItem, time: number): number {
  const window = windows.find(([, end]) => time <= end);
  return window === undefined ? time : Math.max(time, window[0]);
}

/** Later than the last window, and than due. */
function measureLateness({ windows, due }: PlanItem, time: number): number {
  const closes = windows.at(-1)?.[1] ?? Number.POSITIVE_INFINITY;
  return Math.max(0, time - closes) + (due === undefined ? 0 : due.weight * Math.max(0, time - due.by));
}
