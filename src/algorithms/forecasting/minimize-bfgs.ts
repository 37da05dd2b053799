export interface BfgsParams {
  readonly maxIterations: number;
  /** Ends when two iterations in a row gain less than this. */
  readonly tolerance: number;
}

/** A decrease counts when it is at least this share of what the slope promises. */
const SUFFICIENT = 1e-4;
const MAX_HALVINGS = 25;

/**
 * Minimises a smooth function without bounds by BFGS with a backtracking line search. `evaluate` writes the gradient and
 * may answer +Infinity outside its domain; the start has to lie inside. Returns the best point. Deterministic.
 * Time O(iterations · (cost + d²)), memory O(d²). Source: Nocedal and Wright, *Numerical Optimization*, algorithm 6.1.
 */
export function minimizeBfgs(
  evaluate: (point: Float64Array, gradient: Float64Array) => number,
  start: Float64Array,
  params: BfgsParams,
): { readonly point: Float64Array; readonly value: number } {
  const size = start.length;
  let point = start.slice();
  let gradient = new Float64Array(size);
  let value = evaluate(point, gradient);
  let nextPoint = new Float64Array(size);
  let nextGradient = new Float64Array(size);
  const inverse = new Float64Array(size * size);
  const direction = new Float64Array(size);
  let isFresh = true;
  let stalls = 0;
  for (let iteration = 0; iteration < params.maxIterations && stalls < 2 && Number.isFinite(value); iteration++) {
    let slope = isFresh ? 0 : setDirection(inverse, gradient, direction);
    if (!(slope < 0)) {
      isFresh = true;
      for (let d = 0; d < size; d++) direction[d] = -gradient[d];
      slope = -dot(gradient, gradient);
      if (!(slope < 0)) break;
    }
    let step = isFresh ? Math.min(1, 0.3 / Math.sqrt(-slope)) : 1;
    let next = Infinity;
    for (let halving = 0; halving < MAX_HALVINGS; halving++) {
      for (let d = 0; d < size; d++) nextPoint[d] = point[d] + step * direction[d];
      next = evaluate(nextPoint, nextGradient);
      if (next <= value + SUFFICIENT * step * slope) break;
      step *= 0.5;
    }
    if (!(next < value)) {
      if (isFresh) break;
      isFresh = true;
      continue;
    }
    isFresh = !updateInverse(inverse, point, nextPoint, gradient, nextGradient, isFresh);
    stalls = value - next < params.tolerance ? stalls + 1 : 0;
    value = next;
    [point, nextPoint, gradient, nextGradient] = [nextPoint, point, nextGradient, gradient];
  }
  return { point, value };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += a[d] * b[d];
  return sum;
}

/** Writes −H g and returns its product with g. */
function setDirection(inverse: Float64Array, gradient: Float64Array, direction: Float64Array): number {
  const size = gradient.length;
  for (let row = 0; row < size; row++) {
    let sum = 0;
    for (let column = 0; column < size; column++) sum -= inverse[row * size + column] * gradient[column];
    direction[row] = sum;
  }
  return dot(direction, gradient);
}

/** H ← (I − ρ s yᵀ) H (I − ρ y sᵀ) + ρ s sᵀ; false where the curvature along the step is not positive and H is fresh. */
function updateInverse(
  inverse: Float64Array,
  point: Float64Array,
  nextPoint: Float64Array,
  gradient: Float64Array,
  nextGradient: Float64Array,
  isFresh: boolean,
): boolean {
  const size = point.length;
  const s = nextPoint.map((value, d) => value - point[d]);
  const y = nextGradient.map((value, d) => value - gradient[d]);
  const sy = dot(s, y);
  const yy = dot(y, y);
  if (!(sy > 1e-10 * Math.sqrt(dot(s, s) * yy))) return !isFresh;
  if (isFresh) {
    inverse.fill(0);
    for (let d = 0; d < size; d++) inverse[d * size + d] = sy / yy;
  }
  const hy = new Float64Array(size);
  setDirection(inverse, y, hy);
  const factor = (1 - dot(hy, y) / sy) / sy;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      inverse[row * size + column] += factor * s[row] * s[column] + (hy[row] * s[column] + s[row] * hy[column]) / sy;
    }
  }
  return true;
}
