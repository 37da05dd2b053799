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
  for (let d = 0; d < size; d++) {
    if (!(start[d] >= lower[d] && start[d] <= upper[d]))
      throw fail("ALGORITHM_INPUT_INVALID", `start[${d}] is ${start[d]}; it must lie in [${lower[d]}, ${upper[d]}].`);
  }
  let evaluations = 0;
  const clampAndEvaluate = (corner: MovingCorner): void => {
    evaluations++;
    const { point } = corner;
    for (let d = 0; d < size; d++) {
      if (point[d] > upper[d]) point[d] = upper[d];
      else if (!(point[d] >= lower[d])) point[d] = lower[d];
    }
    const value = evaluate(point);
    corner.value = Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  };
  /** Ascending by value; two more corners take the trial points, so that none is allocated on the way. */
  const corners = Array.from({ length: size + 1 }, (_, corner): MovingCorner => {
    const point = Float64Array.from(start);
    if (corner > 0) {
      const d = corner - 1;
      const step = 0.1 * (upper[d] - lower[d]);
      point[d] += point[d] + step <= upper[d] ? step : -step;
    }
    const made = { point, value: 0 };
    clampAndEvaluate(made);
    return made;
  });
  let mirrored: MovingCorner = { point: new Float64Array(size), value: 0 };
  let other: MovingCorner = { point: new Float64Array(size), value: 0 };
  const centre = new Float64Array(size);
  /** Moves `trial` to the point on the line from the worst corner through the centre of the others; 1 mirrors it. */
  const move = (trial: MovingCorner, factor: number): void => {
    const worst = corners[size].point;
    for (let d = 0; d < size; d++) trial.point[d] = centre[d] + factor * (centre[d] - worst[d]);
    clampAndEvaluate(trial);
  };

  while (evaluations < params.maxEvaluations) {
    sortByValueInPlace(corners);
    const [best, worst] = [corners[0], corners[size]];
    if (worst.value - best.value <= params.tolerance * (Math.abs(best.value) + params.tolerance)) break;
    for (let d = 0; d < size; d++) {
      centre[d] = 0;
      for (let corner = 0; corner < size; corner++) centre[d] += corners[corner].point[d] / size;
    }
    move(mirrored, 1);
    const isBest = mirrored.value < best.value;
    const isTaken = !isBest && mirrored.value < corners[size - 1].value;
    if (!isTaken) move(other, isBest ? 2 : mirrored.value < worst.value ? 0.5 : -0.5);
    if (isTaken || (isBest && !(other.value < mirrored.value))) [corners[size], mirrored] = [mirrored, worst];
    else if (isBest || other.value < Math.min(mirrored.value, worst.value)) [corners[size], other] = [other, worst];
    else {
      for (let corner = 1; corner <= size; corner++) {
        const { point } = corners[corner];
        for (let d = 0; d < size; d++) point[d] = best.point[d] + 0.5 * (point[d] - best.point[d]);
        clampAndEvaluate(corners[corner]);
      }
    }
  }
  return corners.reduce((best, corner) => (corner.value < best.value ? corner : best));
}

interface MovingCorner {
  readonly point: Float64Array;
  value: number;
}

/** Insertion sort, stable; there are few corners. */
function sortByValueInPlace(corners: MovingCorner[]): void {
  for (let at = 1; at < corners.length; at++) {
    const moving = corners[at];
    let to = at;
    for (; to > 0 && corners[to - 1].value > moving.value; to--) corners[to] = corners[to - 1];
    corners[to] = moving;
  }
}
