import type { VroomMatrices } from "./vroom-problem.ts";

/** Mean earth radius, metres (IUGG). */
const EARTH_RADIUS_M = 6_371_008.8;
/** Speed assumed between coordinates, where no matrix says better: a van over a mix of town and country roads. */
export const ASSUMED_SPEED_KMH = 50;

/**
 * Durations (s) and distances (m) between [longitude, latitude] points along great circles at the assumed speed. Roads
 * are longer: for plans that are driven, give matrices. O(n²). Source: the haversine formula.
 */
export function measureGreatCircles(points: readonly (readonly [number, number])[]): VroomMatrices {
  const size = points.length;
  const durations = new Float64Array(size * size);
  const distances = new Float64Array(size * size);
  points.forEach((from, row) => {
    points.forEach((to, column) => {
      const distanceM = haversine(from, to);
      distances[row * size + column] = Math.round(distanceM);
      durations[row * size + column] = Math.round(distanceM / (ASSUMED_SPEED_KMH / 3.6));
    });
  });
  return { durations, distances, costs: undefined };
}

function haversine(from: readonly [number, number], to: readonly [number, number]): number {
  const radians = Math.PI / 180;
  const half = (a: number, b: number): number => Math.sin(((b - a) * radians) / 2) ** 2;
  const chord = half(from[1], to[1]) + Math.cos(from[1] * radians) * Math.cos(to[1] * radians) * half(from[0], to[0]);
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(chord)));
}
