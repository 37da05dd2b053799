import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import world from "world-atlas/countries-110m.json";

import { cutAtAntimeridian } from "./cut-antimeridian.ts";
import { registerMap } from "./echarts.ts";

export const WORLD_MAP = "world";

/** Nobody trades with Antarctica, and it would take a fifth of the picture. */
const ANTARCTICA = "010";

/** Registers the world with one shape per country, named by ISO 3166 numeric code; returns these names. */
export function registerWorldMap(): ReadonlySet<string> {
  // The JSON's inferred type has loose strings and numbers where TopoJSON has tuples and literals.
  const topology = world as unknown as Topology<{ countries: GeometryCollection<{ name: string }> }>;
  const countries = feature(topology, topology.objects.countries);
  const features = countries.features
    .filter((country) => country.id !== ANTARCTICA)
    .map(({ id, properties, geometry }) => ({
      type: "Feature",
      // Three disputed areas have no code; they keep their name and no market joins them.
      properties: { name: String(id ?? properties.name) },
      geometry:
        geometry.type === "Polygon" || geometry.type === "MultiPolygon" ? cutAtAntimeridian(geometry) : geometry,
    }));
  // ECharts types its own narrower copy of GeoJSON.
  registerMap(WORLD_MAP, { type: "FeatureCollection", features } as unknown as Parameters<typeof registerMap>[1]);
  return new Set(features.map((country) => country.properties.name));
}
