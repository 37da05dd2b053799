import { fail } from "../../../core/errors.ts";
import type { Point, TravelTables } from "./matrix-provider.ts";

/** Travel from each of some points to each of others; null where no road leads. */
export interface TravelBlock {
  readonly durations: readonly (readonly (number | null)[])[];
  readonly distances: readonly (readonly (number | null)[])[];
}

/** Points of one side of a request: routers refuse tables of more than about a hundred points. */
const BLOCK = 50;

/** A square table put together from blocks that `ask` fetches, one after the other: a router is a shared thing. */
export async function askInBlocks(
  points: readonly Point[],
  ask: (sources: readonly Point[], targets: readonly Point[]) => Promise<TravelBlock>,
): Promise<TravelTables> {
  const empty = (): number[][] => points.map(() => []);
  const [durations, distances] = [empty(), empty()];
  for (let from = 0; from < points.length; from += BLOCK) {
    const sources = points.slice(from, from + BLOCK);
    for (let to = 0; to < points.length; to += BLOCK) {
      const targets = points.slice(to, to + BLOCK);
      const block = await ask(sources, targets);
      sources.forEach((source, row) => {
        targets.forEach((target, column) => {
          const [seconds, metres] = [block.durations[row]?.[column], block.distances[row]?.[column]];
          if (seconds === undefined || metres === undefined) {
            throw fail("ROUTE_ROUTER_FAILED", `The router's table lacks a cell at ${row}, ${column}.`);
          }
          if (seconds === null || metres === null) {
            throw fail("ROUTE_UNREACHABLE", `No road leads from [${source.join(", ")}] to [${target.join(", ")}].`);
          }
          (durations[from + row] as number[])[to + column] = Math.round(seconds);
          (distances[from + row] as number[])[to + column] = Math.round(metres);
        });
      });
    }
  }
  return { durations, distances };
}
