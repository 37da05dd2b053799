import type { FleetProblem } from "../../algorithms/routing/fleet-problem.ts";
import { fitsTrips } from "../../algorithms/routing/trip-loads.ts";

/** A way to put a new order (a job, or a pickup and its delivery) into the order of a vehicle. */
export interface Placing {
  /** The order with it, and with the reload where one is set in for it. */
  readonly order: readonly number[];
  /** For each of its nodes, the vehicle's own tasks before it, reloads not counted. */
  readonly positions: readonly number[];
  /** What legs and actions cost more, at the fastest time of day. */
  readonly cost: number;
}

/** So many ways with a further reload are kept, the cheapest ones. */
const MOST_WITH_RELOAD = 300;
/** So many ways are tried with a further reload, the cheapest without: all of a job, those of a shipment on routes of up to 60 tasks. */
const MOST_EXTENDED = 2000;
/** So many ways are kept: all on routes of up to 300 tasks. */
const MOST_WAYS = 50_000;

/** Places for the nodes of a new order in turn, each counted with those before it in the list. */
interface Way {
  readonly places: readonly number[];
  readonly cost: number;
}

/**
 * All ways to put `nodes` (one, or two in their order) into `order` behind its first `locked` nodes, alone or together with a reload that the
 * vehicle may still use in the trips that they come into, cheapest first. Loads with a reload fit; nothing else is asked.
 * O(places ** nodes), times places × places to reload once more where there are any.
 */
export function* listPlacings(
  fleet: FleetProblem,
  vehicle: number,
  order: readonly number[],
  nodes: readonly number[],
  locked: number,
): Generator<Placing> {
  const { reloads } = fleet.rules ?? {};
  const isReload = (node: number): boolean => reloads !== undefined && node >= reloads.first;
  const price = createPricer(fleet, vehicle);
  const alone = listWays(order, nodes, locked, price);
  const spread = ({ places }: Way): readonly number[] =>
    places.reduce<readonly number[]>((list, place, at) => list.toSpliced(place, 0, nodes[at] as number), order);
  const positionsOf = ({ places }: Way): number[] =>
    places.map((place, at) => order.slice(0, place - at).filter((node) => !isReload(node)).length);
  const free =
    reloads !== undefined && order.filter(isReload).length < (reloads.most[vehicle] as number)
      ? (reloads.ofVehicle[vehicle] ?? []).flatMap((equal) => equal.find((one) => !order.includes(one)) ?? [])
      : [];
  const pairs: { readonly way: Way; readonly node: number; readonly at: number; readonly cost: number }[] = [];
  for (const way of free.length === 0 ? [] : alone.slice(0, MOST_EXTENDED)) {
    const list = spread(way);
    const [first = 0, last = first] = way.places;
    const from = list.findLastIndex((node, at) => at < first && isReload(node)) + 1;
    const next = list.findIndex((node, at) => at > last && isReload(node));
    const to = next < 0 ? list.length : next;
    for (const node of free) {
      for (let at = Math.max(from + 1, locked); at < to; at++)
        pairs.push({ way, node, at, cost: way.cost + price(list, at, node) });
    }
  }
  const together = pairs
    .sort((a, b) => a.cost - b.cost)
    .slice(0, MOST_WITH_RELOAD)
    .flatMap(({ way, node, at, cost }): Placing[] => {
      const whole = spread(way).toSpliced(at, 0, node);
      if (!fitsTrips(fleet, vehicle, Int32Array.from(whole), whole.length)) return [];
      return [{ order: whole, positions: positionsOf(way), cost }];
    });
  let used = 0;
  for (const way of alone) {
    while (used < together.length && (together[used] as Placing).cost < way.cost) yield together[used++] as Placing;
    yield { order: spread(way), positions: positionsOf(way), cost: way.cost };
  }
  yield* together.slice(used);
}

type Pricer = ReturnType<typeof createPricer>;

/** The cheapest ways for the nodes without a further reload, in order of their cost. */
function listWays(order: readonly number[], nodes: readonly number[], locked: number, price: Pricer): Way[] {
  const [first = 0, second] = nodes;
  let ways: Way[] = [];
  const keepCheapest = (): void => {
    ways = ways.sort((a, b) => a.cost - b.cost).slice(0, MOST_WAYS);
  };
  for (let place = locked; place <= order.length; place++) {
    const cost = price(order, place, first);
    if (second === undefined) {
      ways.push({ places: [place], cost });
      continue;
    }
    const list = order.toSpliced(place, 0, first);
    for (let later = place + 1; later <= list.length; later++)
      ways.push({ places: [place, later], cost: cost + price(list, later, second) });
    if (ways.length > 2 * MOST_WAYS) keepCheapest();
  }
  keepCheapest();
  return ways;
}

/** What a node costs more that comes into a list of them at a place. */
function createPricer(fleet: FleetProblem, vehicle: number) {
  const { nTasks, nVehicles, location, nLocations, costs, vehicleClass, actionCost, service, setup } = fleet;
  const kind = vehicleClass[vehicle] as number;
  const legs = costs[kind] as Float64Array;
  const leg = (from: number, to: number): number =>
    legs[(location[from] as number) * nLocations + (location[to] as number)] as number;
  // Nobody sets up twice at one place.
  const setupAfter = (from: number, to: number): number =>
    location[from] === location[to] ? 0 : (setup[kind]?.[to] ?? 0);
  return (list: readonly number[], place: number, node: number): number => {
    const before = list[place - 1] ?? nTasks + vehicle;
    const after = list[place] ?? nTasks + nVehicles + vehicle;
    const setups = setupAfter(before, node) + setupAfter(node, after) - setupAfter(before, after);
    const action = (service[kind]?.[node] ?? 0) + setups;
    return leg(before, node) + leg(node, after) - leg(before, after) + (actionCost[kind] as number) * action;
  };
}
