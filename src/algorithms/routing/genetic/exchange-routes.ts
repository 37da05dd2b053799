import type { Rng } from "../../../core/rng.ts";
import { listUsed } from "../used-routes.ts";
import type { UniformFleet } from "../uniform-fleet.ts";

/** About so many tasks change hands at most: what is left alone need not be searched again. */
const MOST_TASKS = 150;

export type Routes = readonly Int32Array[];

/**
 * Selective route exchange: takes routes that lie together out of the first plan and puts those routes of the second in their place
 * that share most tasks with them. Tasks that other routes of the first serve are left out of the new routes; tasks that come to be served
 * by none are returned as `absent`. O(tasks + routes²).
 * Source: Nagata, Bräysy and Dullaert, Computers & Operations Research 37(4), 2010.
 */
export function exchangeRoutes(
  fleet: UniformFleet,
  rng: Rng,
  first: Routes,
  second: Routes,
): { routes: Int32Array[]; nKept: number; absent: number[] } {
  const { nTasks } = fleet;
  const mine = listUsed(first);
  const theirs = listUsed(second);
  const most = Math.min(mine.length, theirs.length, Math.max(2, Math.round((MOST_TASKS * mine.length) / nTasks)));
  const moved = Math.max(1, Math.min(most, 1 + rng.nextInt(Math.max(1, most - 1))));
  const out = pickTogether(fleet, rng, mine, moved);
  const state = new Int8Array(nTasks);
  for (const at of out) for (const task of mine[at]) state[task] = 1;
  const shared = theirs.map((route, at) => {
    let count = 0;
    for (const task of route) count += state[task];
    return { at, share: count + rng.next() * 0.5 - 0.25, count };
  });
  shared.sort((a, b) => b.share - a.share);
  const routes: Int32Array[] = [];
  const isServed = new Uint8Array(nTasks);
  const isOut = new Set(out);
  mine.forEach((route, at) => {
    if (isOut.has(at)) return;
    routes.push(route);
    for (const task of route) isServed[task] = 1;
  });
  const nKept = routes.length;
  for (let i = 0; i < moved; i++) {
    if (shared[i].count === 0) break;
    const route = theirs[shared[i].at].filter((task) => isServed[task] === 0);
    for (const task of route) isServed[task] = 1;
    routes.push(route);
  }
  const absent: number[] = [];
  for (let task = 0; task < nTasks; task++) if (isServed[task] === 0) absent.push(task);
  return { routes, nKept, absent };
}

/** A random route and those next to it: places of `count` routes, by the mean leg between a task of one and the nearest of the other. */
function pickTogether({ stride, cost }: UniformFleet, rng: Rng, routes: Routes, count: number): number[] {
  const centre = rng.nextInt(routes.length);
  const from = routes[centre];
  const scores = routes.map((route, at) => {
    if (at === centre) return { at, distance: -1 };
    let sum = 0;
    for (const task of from) {
      let least = Infinity;
      for (const other of route) {
        const leg = cost[task * stride + other];
        if (leg < least) least = leg;
      }
      sum += least;
    }
    return { at, distance: sum };
  });
  scores.sort((a, b) => a.distance - b.distance);
  return scores.slice(0, count).map(({ at }) => at);
}
