export interface SimplexParams {
  /** Evaluations of the function, about, at most. */
  readonly maxEvaluations: number;
  /** Ends when the values at the corners differ by no more than tolerance · (|first value| + tolerance). */
  readonly tolerance: number;
}

/** What stands for an infinite value. */
const BIG = 1e35;

/**
 * Minimises a function without derivatives or bounds, step for step as R's `optim` by Nelder and Mead does: the first simplex
 * takes one step for all variables, a tenth of the greatest. A value that is not finite counts as very great.
 * Output: the best point seen. O(maxEvaluations · (cost + d)), memory O(d²). Deterministic.
 * Source: Nelder and Mead (1965); Nash (1990), algorithm 19, as in R's `nmmin`.
 */
export function minimizeSimplex(
  evaluate: (point: Float64Array) => number,
  start: Float64Array,
  { maxEvaluations, tolerance }: SimplexParams,
): { readonly point: Float64Array; readonly value: number } {
  const size = start.length;
  let evaluations = 0;
  const measure = (point: Float64Array): number => {
    evaluations++;
    const value = evaluate(point);
    return Number.isFinite(value) ? value : BIG;
  };
  const points = Array.from({ length: size + 1 }, () => start.slice());
  const values = new Float64Array(size + 1);
  values[0] = measure(start);
  if (values[0] === BIG) return { point: start, value: Number.POSITIVE_INFINITY };
  const least = tolerance * (Math.abs(values[0]) + tolerance);
  const greatest = start.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const step = greatest > 0 ? 0.1 * greatest : 0.1;
  let oldSize = 0;
  for (let i = 0; i < size; i++) {
    let tried = step;
    while (points[i + 1][i] === start[i]) {
      points[i + 1][i] = start[i] + tried;
      tried *= 10;
    }
    oldSize += tried;
  }
  const centre = new Float64Array(size);
  const trial = new Float64Array(size);
  const further = new Float64Array(size);
  let low = 0;
  let isShrunk = true;
  while (true) {
    if (isShrunk) {
      for (let corner = 0; corner <= size; corner++) if (corner !== low) values[corner] = measure(points[corner]);
      isShrunk = false;
    }
    let high = low;
    for (let corner = 0; corner <= size; corner++) {
      if (values[corner] < values[low]) low = corner;
      if (values[corner] > values[high]) high = corner;
    }
    if (values[high] <= values[low] + least) break;
    const worst = points[high];
    for (let i = 0; i < size; i++) {
      let sum = -worst[i];
      for (let corner = 0; corner <= size; corner++) sum += points[corner][i];
      centre[i] = sum / size;
      trial[i] = 2 * centre[i] - worst[i];
    }
    const mirrored = measure(trial);
    if (mirrored < values[low]) {
      for (let i = 0; i < size; i++) further[i] = 2 * trial[i] - centre[i];
      const stretched = measure(further);
      worst.set(stretched < mirrored ? further : trial);
      values[high] = Math.min(stretched, mirrored);
    } else {
      const isBetter = mirrored < values[high];
      if (isBetter) {
        worst.set(trial);
        values[high] = mirrored;
      }
      for (let i = 0; i < size; i++) further[i] = 0.5 * (worst[i] + centre[i]);
      const pulled = measure(further);
      if (pulled < values[high]) {
        worst.set(further);
        values[high] = pulled;
      } else if (!isBetter) {
        const newSize = shrinkInPlace(points, low);
        isShrunk = true;
        if (!(newSize < oldSize)) break;
        oldSize = newSize;
      }
    }
    if (evaluations > maxEvaluations) break;
  }
  return { point: points[low], value: values[low] };
}

/** Halves the way of all corners to corner `low`; returns the sum of what is left of the ways. */
function shrinkInPlace(points: readonly Float64Array[], low: number): number {
  const best = points[low];
  let size = 0;
  for (const point of points) {
    if (point === best) continue;
    for (let i = 0; i < point.length; i++) {
      point[i] = 0.5 * (point[i] - best[i]) + best[i];
      size += Math.abs(point[i] - best[i]);
    }
  }
  return size;
}
