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
const TILE = 32;

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
  // The sine of half a difference from the sines and cosines of the halves: trigonometry for each point, not for each pair.
  const half = (degrees: number): number => (degrees * RADIANS) / 2;
  const list = (angle: (longitude: number, latitude: number) => number): Float64Array =>
    Float64Array.from(points, ([longitude, latitude]) => angle(longitude, latitude));
  const sineEast = list((longitude) => Math.sin(half(longitude)));
  const cosineEast = list((longitude) => Math.cos(half(longitude)));
  const sineNorth = list((_, latitude) => Math.sin(half(latitude)));
  const cosineNorth = list((_, latitude) => Math.cos(half(latitude)));
  const cosine = list((_, latitude) => Math.cos(latitude * RADIANS));
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < row; column++) {
      const east = sineEast[row]! * cosineEast[column]! - cosineEast[row]! * sineEast[column]!;
      const north = sineNorth[row]! * cosineNorth[column]! - cosineNorth[row]! * sineNorth[column]!;
      const chord = north * north + cosine[row]! * cosine[column]! * east * east;
      const distanceM = ROAD_FACTOR * (2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(chord))));
      // Several times faster than Math.round, and the same for what is not negative.
      distances[row * size + column] = Math.floor(distanceM + 0.5);
      durations[row * size + column] = Math.floor(distanceM / metresPerSecond + 0.5);
    }
  }
  mirror(distances, size);
  mirror(durations, size);
  return { durations, distances, costs: undefined };
}

/** Copies what is below the diagonal to above it, square by square for the processor's caches: the way back is as long. */
function mirror(matrix: Float64Array, size: number): void {
  for (let top = 0; top < size; top += TILE) {
    for (let left = 0; left <= top; left += TILE) {
      for (let row = top; row < Math.min(size, top + TILE); row++) {
        const end = Math.min(row, left + TILE);
        for (let column = left; column < end; column++) {
          matrix[column * size + row] = matrix[row * size + column] as number;
        }
      }
    }
  }
}
