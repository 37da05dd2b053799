import { readFileSync } from "node:fs";
import type { FleetProblem } from "../../src/algorithms/routing/fleet-problem.ts";

/** A public benchmark instance in the solver's terms; costs are `scale` times the published distances. */
export interface Instance {
  readonly problem: FleetProblem;
  readonly scale: number;
}

/** More than the distance that a vehicle less may cost. */
export const VEHICLE_COST = 10_000;

interface Stop {
  readonly x: number;
  readonly y: number;
  readonly demand: number;
  readonly opens: number;
  readonly closes: number;
  readonly service: number;
}

/** Solomon's and Gehring and Homberger's text: vehicles, capacity, then a line a stop. DIMACS truncates to one decimal. */
export function readSolomon(file: string): Instance {
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const isNumbers = (count: number) => (line: number[]) => line.length === count && !Number.isNaN(line[0]);
  const [vehicles, capacity] = lines.find(isNumbers(2)) ?? [];
  const stops = lines
    .filter(isNumbers(7))
    .map(([, x, y, demand, opens, closes, service]): Stop => ({ x, y, demand, opens, closes, service }));
  const scale = 10;
  const measure = (a: Stop, b: Stop): number => Math.floor(scale * Math.hypot(a.x - b.x, a.y - b.y));
  const scaled = stops.map((stop) => ({
    ...stop,
    opens: scale * stop.opens,
    closes: scale * stop.closes,
    service: scale * stop.service,
  }));
  return { problem: buildProblem(scaled, vehicles, capacity, measure, true), scale };
}

/** CVRPLIB's text: coordinates and demands; distances rounded to whole numbers, any number of vehicles. */
export function readCvrp(file: string): Instance {
  const text = readFileSync(file, "utf8");
  const section = (from: string, to: string): number[][] =>
    text
      .split(from)[1]
      .split(to)[0]
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number));
  const capacity = Number(/CAPACITY\s*:\s*(\d+)/.exec(text)?.[1]);
  const demands = section("DEMAND_SECTION", "DEPOT_SECTION");
  const stops = section("NODE_COORD_SECTION", "DEMAND_SECTION").map(([, x, y], at): Stop => ({
    x,
    y,
    demand: demands[at][1],
    opens: 0,
    closes: 1,
    service: 0,
  }));
  const fewest = Math.ceil(stops.reduce((sum, { demand }) => sum + demand, 0) / capacity);
  const measure = (a: Stop, b: Stop): number => Math.round(Math.hypot(a.x - b.x, a.y - b.y));
  return { problem: buildProblem(stops, Math.ceil(fewest * 1.2) + 8, capacity, measure, false), scale: 1 };
}

/** Li and Lim's text: pickups and deliveries with windows; a vehicle costs more than any distance, so that fewest come first. */
export function readPickupDelivery(file: string): Instance {
  const scale = 100;
  const [[vehicles, capacity], ...lines] = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const stops = lines.map(([, x, y, demand, opens, closes, service]): Stop => ({
    x,
    y,
    demand,
    opens: scale * opens,
    closes: scale * closes,
    service: scale * service,
  }));
  const measure = (a: Stop, b: Stop): number => Math.round(scale * Math.hypot(a.x - b.x, a.y - b.y));
  const plain = buildProblem(stops, vehicles, capacity, measure, true);
  const pickupOf = lines.slice(1).map((line) => line[7]);
  const deliveryOf = lines.slice(1).map((line) => line[8]);
  return {
    problem: {
      ...plain,
      pickup: plain.delivery,
      delivery: new Float64Array(plain.nTasks),
      mate: Int32Array.from(pickupOf, (pickup, task) => (pickup === 0 ? deliveryOf[task] : pickup) - 1),
      isPickup: Uint8Array.from(pickupOf, (pickup) => (pickup === 0 ? 1 : 0)),
      fixedCost: new Float64Array(vehicles).fill(VEHICLE_COST * scale),
    },
    scale,
  };
}

function buildProblem(
  stops: readonly Stop[],
  nVehicles: number,
  capacity: number,
  measure: (a: Stop, b: Stop) => number,
  isTimed: boolean,
): FleetProblem {
  const nTasks = stops.length - 1;
  const nLocations = stops.length + 1;
  const nNodes = nTasks + 2 * nVehicles;
  const distances = new Float64Array(nLocations ** 2);
  stops.forEach((a, from) => stops.forEach((b, to) => (distances[from * nLocations + to] = measure(a, b))));
  const nodes = Array.from({ length: nNodes }, (_, node) => stops[node < nTasks ? node + 1 : 0]);
  return {
    nTasks,
    nVehicles,
    nDims: 1,
    nLocations,
    location: Int32Array.from(nodes, (_, node) => (node < nTasks ? node + 1 : 0)),
    setup: [new Float64Array(nNodes)],
    service: [Float64Array.from(nodes, ({ service }, node) => (node < nTasks ? service : 0))],
    windowPtr: Int32Array.from({ length: nNodes + 1 }, (_, node) => node),
    windows: Float64Array.from(nodes.flatMap(({ opens, closes }) => [opens, closes])),
    delivery: Float64Array.from(nodes.slice(0, nTasks), ({ demand }) => demand),
    pickup: new Float64Array(nTasks),
    mate: new Int32Array(nTasks).fill(-1),
    isPickup: new Uint8Array(nTasks),
    worth: new Float64Array(nTasks).fill(1),
    capacity: new Float64Array(nVehicles).fill(capacity),
    vehicleClass: new Int32Array(nVehicles),
    isAllowed: new Uint8Array(nTasks).fill(1),
    durations: [isTimed ? distances : new Float64Array(nLocations ** 2)],
    costs: [distances],
    distances: [distances],
    actionCost: new Float64Array(1),
    fixedCost: new Float64Array(nVehicles),
    maxTasks: new Int32Array(nVehicles).fill(2 ** 31 - 1),
    maxTravelTime: new Float64Array(nVehicles).fill(Number.POSITIVE_INFINITY),
    maxDistance: new Float64Array(nVehicles).fill(Number.POSITIVE_INFINITY),
    breaks: Array.from({ length: nVehicles }, () => []),
  };
}
