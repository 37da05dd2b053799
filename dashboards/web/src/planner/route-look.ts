import type { RouteProblem } from "./vroom.ts";

const COLOURS = 8;

/** Colour class of a vehicle, the same in every plan of a problem: `route-1` to `route-8`. */
export function colourOf(problem: RouteProblem, vehicle: number): string {
  return `route-${
    (Math.max(
      0,
      problem.vehicles.findIndex(({ id }) => id === vehicle),
    ) %
      COLOURS) +
    1
  }`;
}
