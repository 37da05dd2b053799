import type { VroomMatrices } from "./vroom-problem.ts";

/** Mean earth radius, metres (IUGG). */
const EARTH_RADIUS_M = 6_371_008.8;
/**
 * Metres driven a metre of great circle. Source: Ballou, Rahardja and Sakai, "Selected country circuity factors for road
 * travel distance estimation", Transportation Research A 36(9), 2002: 1.2 to 1.5 in most countries, 1.3 between them.
 */
export const ROAD_FACTOR = 1.3;
/** Kilometres an hour assumed on the way, where no matrix says better; a van over a mix of town and country roads else. */
const SPEEDS_KMH: Readonly<Record<string, number>> = { car: 50, van: 50, truck: 45, bike: 15, bicycle: 15, foot: 5 };
const OTHER_SPEED_KMH = 50;
const RADIANS = Math.PI / 180;

/** The speed assumed for vehicles of a profile. */
export function assumedSpeedKmh(profile: string): number {
  return SPEEDS_KMH[profile] ?? OTHER_SPEED_KMH;
}

/**
 * Durations (s) and distances (m) between [longitude, latitude] points: great circles times the road factor, at the profile's
 * speed. Roads differ: for plans that are driven, give matrices or a router. O(n²). Source: the haversine formula.
 */
export function measureGreatCircles(points: readonly (readonly [number, number])[], profile: string): VroomMatrices {
  const size = points.length;
  const metresPerSecond = assumedSpeedKmh(profile) / 3.6;
  const durations = new Float64Array(size * size);
  const distances = new Float64Array(size * size);
  const cosines = Float64Array.from(points, ([, latitude]) => Math.cos(latitude * RADIANS));
  // The formula gives the same to the last bit in both directions.
  for (let row = 0; row < size; row++) {
    const [longitude, latitude] = points[row] as readonly [number, number];
    for (let column = 0; column < row; column++) {
      const [otherLongitude, otherLatitude] = points[column] as readonly [number, number];
      const sineLatitude = Math.sin(((otherLatitude - latitude) * RADIANS) / 2);
      const sineLongitude = Math.sin(((otherLongitude - longitude) * RADIANS) / 2);
      const chord = sineLatitude ** 2 + (cosines[row] as number) * (cosines[column] as number) * sineLongitude ** 2;
      const distanceM = ROAD_FACTOR * (2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(chord))));
      const [there, back] = [row * size + column, column * size + row];
      distances[there] = distances[back] = Math.round(distanceM);
      durations[there] = durations[back] = Math.round(distanceM / metresPerSecond);
    }
  }
  return { durations, distances, costs: undefined };
}
