import { fail } from "../../../core/errors.ts";
import { askInBlocks } from "./ask-in-blocks.ts";
import { fetchJson, readTable } from "./fetch-json.ts";
import type { MatrixProvider, Point } from "./matrix-provider.ts";

/** Valhalla's names for what VROOM calls profiles; others are passed on as they are. */
const COSTINGS: Readonly<Record<string, string>> = {
  car: "auto",
  van: "auto",
  bike: "bicycle",
  foot: "pedestrian",
};
const METRES_PER_KILOMETRE = 1000;

/** Valhalla's matrix service: `POST /sources_to_targets`. Source: Valhalla's HTTP API, matrix service. */
export function createValhallaProvider(baseUrl: string): MatrixProvider {
  const toPlace = ([lon, lat]: Point) => ({ lon, lat });
  return {
    name: "valhalla",
    measure: (profile, points) =>
      askInBlocks(points, async (sources, targets) => {
        const answer = await fetchJson(`${baseUrl}/sources_to_targets`, {
          sources: sources.map(toPlace),
          targets: targets.map(toPlace),
          costing: COSTINGS[profile] ?? profile,
          units: "kilometers",
        });
        const cells = readCells(answer["sources_to_targets"]);
        const table = (name: "time" | "distance"): (number | null)[][] =>
          readTable(
            cells.map((row) => row.map((cell) => cell[name])),
            name,
          );
        return {
          durations: table("time"),
          distances: table("distance").map((row) => row.map((km) => (km === null ? null : km * METRES_PER_KILOMETRE))),
        };
      }),
  };
}

function readCells(value: unknown): Readonly<Record<string, unknown>>[][] {
  const isCell = (cell: unknown): boolean => typeof cell === "object" && cell !== null;
  if (Array.isArray(value) && value.every((row) => Array.isArray(row) && row.every(isCell))) {
    // Just proved cell by cell; the fields are checked as they are read.
    return value as Readonly<Record<string, unknown>>[][];
  }
  throw fail("ROUTE_ROUTER_FAILED", "The router's answer has no table of cells.");
}
