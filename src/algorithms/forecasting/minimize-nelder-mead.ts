import { fail } from "../../core/errors.ts";

export interface NelderMeadParams {
  /** Evaluations of the function at most. */
  readonly maxEvaluations: number;
  /** Ends when the values at the corners differ by less than this share of the best. */
  readonly tolerance: number;
}

interface Corner {
  readonly point: Float64Array;
  readonly value: number;
}

/**
 * Minimises a function of a few variables inside a box, without derivatives.
 *
 * Input: `start` inside `[lower, upper]`; the first simplex steps a tenth of the box from it. Points that leave the
 * box are moved to its border. Output: the best point seen. A function value that is NaN counts as +Infinity.
 * Time O(maxEvaluations · (cost + d²)), memory O(d²). Deterministic. Meant for d ≤ 6.
 * Errors: `ALGORITHM_INPUT_INVALID` when start lies outside the box.
 * Source: Nelder and Mead (1965) with the usual coefficients 1, 2, ½, ½.
 */
export function minimizeNelderMead(
  evaluate: (point: Float64Array) => number,
  start: readonly number[],
  lower: readonly number[],
  upper: readonly number[],
  params: NelderMeadParams,
): Corner {
  const size = start.length;
  let evaluations = 0;
  const clampAndEvaluate = (point: Float64Array): number => {
    evaluations++;
    for (let d = 0; d < size; d++) point[d] = Math.min(upper[d], Math.max(lower[d], point[d]));
    const value = evaluate(point);
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  };

  for (let d = 0; d < size; d++) {
    if (!(start[d] >= lower[d] && start[d] <= upper[d]))
      throw fail("ALGORITHM_INPUT_INVALID", `start[${d}] is ${start[d]}; it must lie in [${lower[d]}, ${upper[d]}].`);
  }
  const corners = Array.from({ length: size + 1 }, (_, corner): Corner => {
    const point = Float64Array.from(start);
    if (corner > 0) {
      const d = corner - 1;
      const step = 0.1 * (upper[d] - lower[d]);
      point[d] += point[d] + step <= upper[d] ? step : -step;
    }
    return { point, value: clampAndEvaluate(point) };
  });

  const centre = new Float64Array(size);
  /** The point on the line from the worst corner through the centre of the others; 1 mirrors it. */
  const move = (factor: number): Corner => {
    const worst = corners[size].point;
    const point = centre.map((value, d) => value + factor * (value - worst[d]));
    return { point, value: clampAndEvaluate(point) };
  };

  while (evaluations < params.maxEvaluations) {
    corners.sort((a, b) => a.value - b.value);
    const [best, worst] = [corners[0], corners[size]];
    if (worst.value - best.value <= params.tolerance * (Math.abs(best.value) + params.tolerance)) break;
    centre.fill(0);
    for (let corner = 0; corner < size; corner++) {
      for (let d = 0; d < size; d++) centre[d] += corners[corner].point[d] / size;
    }
    const mirrored = move(1);
    if (mirrored.value < best.value) {
      const stretched = move(2);
      corners[size] = stretched.value < mirrored.value ? stretched : mirrored;
    } else if (mirrored.value < corners[size - 1].value) {
      corners[size] = mirrored;
    } else {
      const pulled = mirrored.value < worst.value ? move(0.5) : move(-0.5);
      if (pulled.value < Math.min(mirrored.value, worst.value)) {
        corners[size] = pulled;
      } else {
        for (let corner = 1; corner <= size; corner++) {
          const point = corners[corner].point.map((value, d) => best.point[d] + 0.5 * (value - best.point[d]));
          corners[corner] = { point, value: clampAndEvaluate(point) };
        }
      }
    }
  }
  return corners.reduce((best, corner) => (corner.value < best.value ? corner : best));
}
