import { createRng, type Rng } from "../../../core/rng.ts";
import { UNLIMITED, type RouteJob, type RouteVehicle, type RoutingProblem } from "../routing-problem.ts";

export interface RandomProblemShape {
  readonly jobs: number;
  readonly vehicles: number;
  /** Without: no windows, capacities or bounds, so that everything fits. */
  readonly isConstrained: boolean;
}

/** A small problem in the plane with whole-number matrices (asymmetric by a little), reproducible by its seed. */
export function createRandomProblem(seed: number, shape: RandomProblemShape): RoutingProblem {
  const rng = createRng(seed);
  const nodeCount = shape.jobs + 2;
  const points = Array.from({ length: nodeCount }, () => [rng.nextInt(1000), rng.nextInt(1000)] as const);
  const durations = new Float64Array(nodeCount * nodeCount);
  for (let from = 0; from < nodeCount; from++) {
    for (let to = 0; to < nodeCount; to++) {
      if (from === to) continue;
      const [a, b] = [points[from], points[to]];
      durations[from * nodeCount + to] = Math.round(Math.hypot(a[0] - b[0], a[1] - b[1])) + rng.nextInt(50);
    }
  }
  const dimensionCount = 1 + rng.nextInt(2);
  const amounts = (bound: number): number[] => Array.from({ length: dimensionCount }, () => rng.nextInt(bound));
  const jobs = Array.from({ length: shape.jobs }, (_, at): RouteJob => {
    const isFree = !shape.isConstrained;
    return {
      node: at + 2,
      setup: isFree ? 0 : rng.nextInt(3) * 20,
      service: rng.nextInt(100),
      delivery: isFree ? amounts(1) : amounts(5),
      pickup: isFree ? amounts(1) : amounts(3),
      skills: isFree || rng.next() < 0.8 ? [] : [rng.nextInt(2)],
      priority: isFree ? 0 : rng.nextInt(3) * 10,
      windows: isFree || rng.next() < 0.4 ? [UNLIMITED] : drawWindows(rng),
    };
  });
  const vehicles = Array.from({ length: shape.vehicles }, (): RouteVehicle => {
    const isFree = !shape.isConstrained;
    return {
      startNode: !isFree && rng.next() < 0.2 ? undefined : 0,
      endNode: !isFree && rng.next() < 0.3 ? undefined : 1,
      capacity: Array.from({ length: dimensionCount }, () => (isFree ? 1000 : 4 + rng.nextInt(12))),
      skills: isFree ? [] : rng.next() < 0.5 ? [0, 1] : [rng.nextInt(2)],
      window: isFree ? UNLIMITED : { start: rng.nextInt(500), end: 3000 + rng.nextInt(4000) },
      fixedCost: isFree ? 0 : rng.nextInt(300),
      maxTasks: isFree ? Number.POSITIVE_INFINITY : 3 + rng.nextInt(6),
      maxTravel: isFree || rng.next() < 0.5 ? Number.POSITIVE_INFINITY : 1500 + rng.nextInt(3000),
      maxDistance: Number.POSITIVE_INFINITY,
      durations,
      distances: durations,
      costs: durations,
    };
  });
  return { nodeCount, dimensionCount, jobs, vehicles };
}

function drawWindows(rng: Rng): { start: number; end: number }[] {
  const first = rng.nextInt(3000);
  const firstEnd = first + 200 + rng.nextInt(1500);
  if (rng.next() < 0.7) return [{ start: first, end: firstEnd }];
  const second = firstEnd + 1 + rng.nextInt(1000);
  return [
    { start: first, end: firstEnd },
    { start: second, end: second + 500 },
  ];
}
