import type { Rng } from "../../../core/rng.ts";

/** Legs between places that know nothing of each other: from `least` to below `least + spread`, other ones back. */
export function drawDurations(rng: Rng, places: number, least: number, spread: number): number[][] {
  return Array.from({ length: places }, (_, from) =>
    Array.from({ length: places }, (__, to) => (from === to ? 0 : least + rng.nextInt(spread))),
  );
}

/** Distances between places on a square with sides of so many, rounded. */
export function drawPlane(rng: Rng, places: number, side: number, round = Math.round): number[][] {
  const points = Array.from({ length: places }, () => [rng.nextInt(side), rng.nextInt(side)] as const);
  return points.map(([x, y]) => points.map(([u, v]) => round(Math.hypot(x - u, y - v))));
}
