import type { FieldReader } from "./field-reader.ts";
import type { Place } from "./vroom-problem.ts";

/** Knows the nodes of a problem: matrix rows, or coordinates numbered as they come. */
export interface Places {
  read(reader: FieldReader, coordinates: string, index: string): Place | undefined;
}

/** Places are rows of the given matrices. */
export function readIndices(nodeCount: number): Places {
  return {
    read: (reader, coordinates, index) => {
      const location = reader.has(coordinates) ? readPoint(reader, coordinates) : undefined;
      if (!reader.has(index)) {
        if (location !== undefined) reader.fault(index, "is required beside matrices");
        return location === undefined ? undefined : { node: 0, location, locationIndex: undefined };
      }
      const node = reader.integer(index, 0, 0, Math.max(0, nodeCount - 1));
      return { node, location, locationIndex: node };
    },
  };
}

/** Places are coordinates, collected in `points`; equal ones are one node. */
export function readCoordinates(points: (readonly [number, number])[]): Places {
  const known = new Map<string, number>();
  return {
    read: (reader, coordinates, index) => {
      if (reader.has(index)) reader.fault(index, "needs matrices; give coordinates or matrices");
      const location = reader.has(coordinates) ? readPoint(reader, coordinates) : undefined;
      if (location === undefined) return undefined;
      const key = location.join(" ");
      const node = known.get(key) ?? points.push(location) - 1;
      known.set(key, node);
      return { node, location, locationIndex: undefined };
    },
  };
}

function readPoint(reader: FieldReader, field: string): readonly [number, number] | undefined {
  const value = reader.raw(field);
  const [longitude, latitude] = Array.isArray(value) && value.length === 2 ? (value as unknown[]) : [];
  if (
    typeof longitude === "number" &&
    typeof latitude === "number" &&
    Math.abs(longitude) <= 180 &&
    Math.abs(latitude) <= 90
  ) {
    return [longitude, latitude];
  }
  reader.fault(field, "must be [longitude, latitude] in degrees");
  return undefined;
}
