import type { PlanItem } from "./list-plan-items.ts";

const TOLERANCE = 1e-6;

/**
 * When each item of a plan begins, so that the sum of earliness and lateness is least, and next the cost of what is done after it is due; undefined when bounds contradict
 * each other. Among equals the route is as short as can be, and everything is early.
 *
 * A time is measured as slack: what it is later than with all waiting left out. Slack never falls from stop to stop, and
 * that of a break lies between those of its neighbours, plus the leg that may be driven before the break. In an optimum
 * every slack stands at an edge of some window, so dynamic programming over (stop, edge) is exact where a leg holds at
 * most one break. O(stops × edges²), times edges again where there are breaks.
 */
export function chooseTimes(items: readonly PlanItem[]): number[] | undefined {
  const offsets = sumOffsets(items);
  const edges = listEdges(items, offsets);
  const stops = items.flatMap(({ rest }, at) => (rest === undefined ? [at] : []));
  const route: Route = { items, offsets, edges, stops };
  const free = edges.map((slack) => weigh(items[0] as PlanItem, slack));
  const least = Math.min(...reachEnd(route, free).costs);
  if (least === Number.POSITIVE_INFINITY) return undefined;

  let best: { times: number[]; duration: number } | undefined;
  free.forEach((cost, start) => {
    if (cost > least + TOLERANCE) return;
    const { costs, origins } = reachEnd(
      route,
      free.map((one, edge) => (edge === start ? one : Number.POSITIVE_INFINITY)),
    );
    const end = costs.findIndex((one) => one <= least + TOLERANCE);
    const duration = (edges[end] as number) - (edges[start] as number);
    if (end >= 0 && (best === undefined || duration < best.duration - TOLERANCE)) {
      best = { times: readTimes(route, origins, end), duration };
    }
  });
  return best?.times;
}

/** The steps of a plan and what the search knows of them; `stops` are the items that are no breaks. */
interface Route {
  readonly items: readonly PlanItem[];
  readonly offsets: readonly number[];
  readonly edges: readonly number[];
  readonly stops: readonly number[];
}

/** The least cost of ending at each edge, given that of starting there; and for each stop the edge before. */
function reachEnd(route: Route, startCosts: readonly number[]): { costs: readonly number[]; origins: number[][] } {
  const { items, offsets, edges, stops } = route;
  const origins: number[][] = [];
  let costs = startCosts;
  for (let rank = 1; rank < stops.length; rank++) {
    const at = stops[rank] as number;
    const before = stops[rank - 1] as number;
    const reached = at === before + 1 ? reachFreely(costs) : reachWithBreaks(route, costs, before + 1, at);
    const item = items[at] as PlanItem;
    costs = reached.costs.map((cost, edge) => cost + weigh(item, (edges[edge] as number) + (offsets[at] as number)));
    origins.push(reached.origins);
  }
  return { costs, origins };
}

/** Begin of each item with no waiting at all, the leg to a stop being driven after the breaks on it. */
function sumOffsets(items: readonly PlanItem[]): number[] {
  let time = 0;
  return items.map(({ leg, setup, service }) => {
    const begin = time + leg;
    time = begin + setup + service;
    return begin;
  });
}

function listEdges(items: readonly PlanItem[], offsets: readonly number[]): number[] {
  const edges = new Set<number>([0]);
  items.forEach((item, at) => {
    const leg = item.rest === undefined ? 0 : nextLeg(items, at);
    const due = item.due === undefined ? [] : ([[item.due.by, item.due.by]] as const);
    for (const [start, end] of [...item.windows, item.bounds, ...due]) {
      for (const edge of [start, end]) {
        if (edge === Number.POSITIVE_INFINITY) continue;
        edges.add(edge - (offsets[at] as number));
        edges.add(edge - (offsets[at] as number) - leg);
      }
    }
  });
  return [...edges].filter((slack) => slack >= 0).sort((a, b) => a - b);
}

/** Earliness or lateness of beginning at `time`, by windows and by what is due; infinite where the bounds forbid it. */
function weigh({ windows, bounds, due }: PlanItem, time: number): number {
  if (time < bounds[0] || time > bounds[1]) return Number.POSITIVE_INFINITY;
  const late = due === undefined ? 0 : due.weight * Math.max(0, time - due.by);
  if (windows.length === 0) return late;
  return late + Math.min(...windows.map(([start, end]) => Math.max(start - time, time - end, 0)));
}

interface Reached {
  readonly costs: number[];
  /** The edge of the stop before that each edge is reached from. */
  readonly origins: number[];
}

/** The cheapest slack so far, the earliest of equals. */
function reachFreely(costs: readonly number[]): Reached {
  let best = 0;
  const origins = costs.map((cost, edge) => {
    if (cost < (costs[best] as number) - TOLERANCE) best = edge;
    return best;
  });
  return { costs: origins.map((origin) => costs[origin] as number), origins };
}

/** The same over a leg on which the items from `first` up to `end` are breaks. */
function reachWithBreaks(route: Route, costs: readonly number[], first: number, end: number): Reached {
  const { items, offsets, edges } = route;
  const leg = items[end]?.leg ?? 0;
  const origins: number[] = [];
  const reached = edges.map((slack, to) => {
    let best = Number.POSITIVE_INFINITY;
    origins[to] = to;
    for (let from = 0; from <= to; from++) {
      let cost = costs[from] as number;
      for (let at = first; at < end && cost < best; at++) {
        cost += placeBreak(items[at] as PlanItem, offsets[at] as number, edges[from] as number, slack + leg).cost;
      }
      if (cost < best - TOLERANCE) {
        best = cost;
        origins[to] = from;
      }
    }
    return best;
  });
  return { costs: reached, origins };
}

/** The least earliness or lateness of a break whose slack lies in a span, and the earliest slack that has it. */
function placeBreak(item: PlanItem, offset: number, low: number, high: number): { slack: number; cost: number } {
  const wishes = [...item.windows.flat(), ...item.bounds].map((edge) => edge - offset);
  const slacks = [low, high, ...wishes].filter((slack) => slack >= low && slack <= high).sort((a, b) => a - b);
  let best = { slack: low, cost: Number.POSITIVE_INFINITY };
  for (const slack of slacks) {
    const cost = weigh(item, slack + offset);
    if (cost < best.cost) best = { slack, cost };
  }
  return best;
}

function readTimes(route: Route, origins: readonly (readonly number[])[], lastEdge: number): number[] {
  const { items, offsets, edges, stops } = route;
  const slacks = new Map<number, number>();
  let edge = lastEdge;
  for (let rank = stops.length - 1; rank >= 0; rank--) {
    slacks.set(stops[rank] as number, edges[edge] as number);
    if (rank > 0) edge = origins[rank - 1]?.[edge] as number;
  }
  let low = 0;
  return items.map((item, at) => {
    const own = slacks.get(at);
    if (own !== undefined) low = own;
    else {
      const next = stops.find((stop) => stop > at) as number;
      low = placeBreak(item, offsets[at] as number, low, (slacks.get(next) as number) + nextLeg(items, at)).slack;
    }
    return low + (offsets[at] as number);
  });
}

/** Travel of the leg on which a break lies. */
function nextLeg(items: readonly PlanItem[], at: number): number {
  return items.slice(at).find(({ rest }) => rest === undefined)?.leg ?? 0;
}
