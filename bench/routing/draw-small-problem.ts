import { createRng, type Rng } from "../../src/core/rng.ts";

/** Kinds of requests of a town, in VROOM's format, each with what makes it hard. */
export const SMALL_KINDS = [
  "shipments",
  "short routes",
  "several windows",
  "skills",
  "breaks",
  "several depots",
  "mixed fleet",
] as const;
export type SmallKind = (typeof SMALL_KINDS)[number];

type Point = [number, number];

const DAY = 36_000;
const LONGEST_WAIT = 20_000;
const WIDTH = 7200;

/** A drawn problem of a kind; the same seed gives the same problem. Half of the stops have a window of two hours. */
export function drawSmallProblem(kind: SmallKind, seed: number, stops: number): object {
  const rng = createRng(seed);
  const isClustered = (kind === "mixed fleet" || kind === "several depots") && rng.next() < 0.5;
  const drawPoint = isClustered ? drawClusters(rng, 2 + rng.nextInt(3)) : (): Point => drawAnywhere(rng);
  const drawStop = (id: number): object => ({ id, location: drawPoint(), service: 200, ...drawWindows(kind, rng) });
  const depots = Array.from({ length: kind === "mixed fleet" || kind === "several depots" ? 2 : 1 }, () =>
    drawAnywhere(rng),
  );
  const shipments = countShipments(kind, stops);
  return {
    vehicles: drawVehicles(kind, rng, stops, depots),
    jobs: Array.from({ length: stops - 2 * shipments }, (_, id) => ({
      ...drawStop(id),
      delivery: [1],
      ...(kind === "skills" && rng.next() < 0.4 ? { skills: [1 + rng.nextInt(3)] } : {}),
    })),
    shipments: Array.from({ length: shipments }, (_, id) => ({
      pickup: drawStop(id),
      delivery: drawStop(id),
      amount: [1],
    })),
  };
}

function countShipments(kind: SmallKind, stops: number): number {
  return kind === "shipments" ? Math.floor(stops / 2) : 0;
}

function drawAnywhere(rng: Rng): Point {
  return [2 + rng.next() * 0.4, 48 + rng.next() * 0.3];
}

function drawClusters(rng: Rng, count: number): () => Point {
  const centres = Array.from({ length: count }, () => drawAnywhere(rng));
  return () => {
    const [x, y] = centres[rng.nextInt(count)];
    return [x + rng.next() * 0.06, y + rng.next() * 0.04];
  };
}

function drawWindows(kind: SmallKind, rng: Rng): object {
  if (rng.next() >= 0.5) return {};
  const opens = rng.nextInt(LONGEST_WAIT);
  if (kind !== "several windows") return { time_windows: [[opens, opens + WIDTH]] };
  const later = opens + WIDTH / 2 + rng.nextInt(WIDTH);
  return {
    time_windows: [
      [opens, opens + WIDTH / 4],
      [later, later + WIDTH / 4],
    ],
  };
}

function drawVehicles(kind: SmallKind, rng: Rng, stops: number, depots: readonly Point[]): object[] {
  const count = { "short routes": 8, "several depots": 4, "mixed fleet": 6 }[kind as string] ?? 3;
  return Array.from({ length: count }, (_, id) => {
    const depot = depots[id % depots.length];
    const common = {
      id,
      start: depot,
      end: depot,
      time_window: [0, DAY],
      capacity: [Math.ceil((1.2 * stops) / count)],
    };
    if (kind === "skills") return { ...common, capacity: [stops], skills: drawSkills(rng, id) };
    if (kind === "breaks") {
      const opens = 10_000 + rng.nextInt(5000);
      return { ...common, breaks: [{ id, time_windows: [[opens, opens + 5000]], service: 1800 }] };
    }
    if (kind !== "mixed fleet") return common;
    const capacity = 6 + rng.nextInt(10);
    return {
      ...common,
      capacity: [capacity],
      costs: { fixed: Math.round((0.5 + rng.next()) * 100 * capacity), per_hour: 3000 + rng.nextInt(1200) },
    };
  });
}

/** Each skill is held by the vehicle of its number and by others now and then. */
function drawSkills(rng: Rng, vehicle: number): number[] {
  return [1, 2, 3].filter((skill) => skill === vehicle + 1 || rng.next() < 0.4);
}
