import type { MultiPolygon, Polygon, Position } from "geojson";

type Ring = Position[];

/**
 * Cuts land that crosses 180° into pieces on both sides of it. World-atlas leaves such land whole, for a globe; on a
 * flat map its outline would run across the whole picture.
 */
export function cutAtAntimeridian(geometry: Polygon | MultiPolygon): MultiPolygon {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return { type: "MultiPolygon", coordinates: polygons.flatMap(cutPolygon) };
}

function cutPolygon(polygon: readonly Ring[]): Ring[][] {
  const rings = polygon.map(unroll);
  const longitudes = rings.flatMap((ring) => ring.map(longitudeOf));
  if (Math.min(...longitudes) >= -180 && Math.max(...longitudes) <= 180) return [[...polygon]];
  // Unrolled land reaches past one side or the other; each turn of the globe it touches gives one piece.
  return [-360, 0, 360].flatMap((turn) => {
    const piece = rings.map((ring) => clipToWorld(ring, turn)).filter((ring) => ring.length > 3);
    return piece.length === 0 ? [] : [piece];
  });
}

function longitudeOf(point: Position): number {
  return point[0] ?? 0;
}

/** The same ring without jumps: no two neighbours more than half the globe apart. */
function unroll(ring: Ring): Ring {
  let turn = 0;
  let previous = longitudeOf(ring[0] ?? []);
  return ring.map((point) => {
    const longitude = longitudeOf(point);
    if (longitude - previous > 180) turn -= 360;
    if (longitude - previous < -180) turn += 360;
    previous = longitude;
    return [longitude + turn, point[1] ?? 0];
  });
}

/** The part of a ring between −180° and 180° after moving it by a turn (Sutherland and Hodgman 1974). */
function clipToWorld(ring: Ring, turn: number): Ring {
  const moved = ring.map((point): Position => [longitudeOf(point) + turn, point[1] ?? 0]);
  return clipBy(clipBy(moved, -180, 1), 180, -1);
}

/** Keeps what lies beyond (`side` 1) or before (`side` −1) a meridian. */
function clipBy(ring: Ring, meridian: number, side: 1 | -1): Ring {
  const isInside = (point: Position): boolean => (longitudeOf(point) - meridian) * side >= 0;
  const kept = ring.slice(1).flatMap((end, index): Ring => {
    const start = ring[index] ?? end;
    const crossing = isInside(start) === isInside(end) ? [] : [crossAt(start, end, meridian)];
    return isInside(end) ? [...crossing, end] : crossing;
  });
  const [first] = kept;
  return first === undefined ? [] : [...kept, first];
}

function crossAt(start: Position, end: Position, meridian: number): Position {
  const share = (meridian - longitudeOf(start)) / (longitudeOf(end) - longitudeOf(start));
  return [meridian, (start[1] ?? 0) + share * ((end[1] ?? 0) - (start[1] ?? 0))];
}
