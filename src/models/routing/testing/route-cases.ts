import { AppError } from "../../../core/errors.ts";
import { checkSolution } from "../check-solution.ts";
import { parseVroomProblem } from "../parse-vroom-problem.ts";
import { solveRoute } from "../solve-route.ts";
import type { VroomSolution } from "../vroom-solution.ts";

/** Matrices of places on a line, 100 s apart. */
export function createLine(places: number): { readonly car: { readonly durations: number[][] } } {
  const durations = Array.from({ length: places }, (_, from) =>
    Array.from({ length: places }, (__, to) => 100 * Math.abs(from - to)),
  );
  return { car: { durations } };
}

/** Ids of what the first route serves, in order. */
export function orderOf({ routes: [route] }: VroomSolution): unknown[] {
  return (route?.steps ?? []).flatMap(({ id }) => (id === undefined ? [] : [id]));
}

/** What the checker finds wrong. */
export function faultsOf(problem: object, solution: unknown): readonly string[] {
  return checkSolution(parseVroomProblem(problem), solution).faults;
}

/** What a problem is refused for: pointers with their messages; nothing where it is solved. */
export function pointersOf(problem: object): string[] {
  try {
    solveRoute(problem);
  } catch (error) {
    if (error instanceof AppError) return error.errors.map(({ pointer, message }) => `${pointer} ${message}`);
    throw error;
  }
  return [];
}
