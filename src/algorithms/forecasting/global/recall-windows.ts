import type { CalibrationCase } from "./calibrate-pool.ts";
import { combineRows, type OriginCase, type PoolShape } from "./origin-case.ts";

/** A window of the past and what came; its members are the closed forms, and the global models where those were fitted before it. */
export interface PastCase extends OriginCase {
  readonly actual: Float64Array;
}

/** A window and the whole forecast of it. */
export interface WholeCase extends PastCase {
  readonly mean: Float64Array;
}

/** The error in scales that this share of all errors stays below tells how wide they are. */
const WIDTH_LEVEL = 0.8;

/**
 * Older windows as cases to calibrate on: there the members alone forecast, in their shares of the weights. They err more than the whole forecast,
 * so that what came is drawn towards their forecast by the ratio of the widths of the two on the windows that both know.
 * O(values · members).
 */
export function recallWindows(
  older: readonly PastCase[],
  whole: readonly WholeCase[],
  weights: Float64Array,
  shape: PoolShape,
): Omit<CalibrationCase, "window">[] {
  if (older.length === 0) return [];
  const own = weighWithoutGlobal(weights, shape);
  const withoutGlobal = whole.map((one) => ({ ...one, mean: combineRows(one.members.slice(0, own.length), own) }));
  const width = measureWidth(withoutGlobal);
  const narrowed = width > 0 ? measureWidth(whole) / width : 1;
  return older.map(({ members, actual, localScale }) => {
    const mean = combineRows(members, own);
    return {
      mean,
      actual: actual.map((value, step) => mean[step] + narrowed * (value - mean[step])),
      scale: localScale,
    };
  });
}

/** The weights of the members alone, in their shares of the whole; those of the base where they have none. */
function weighWithoutGlobal(weights: Float64Array, { baseWeights }: PoolShape): Float64Array {
  const own = weights.subarray(0, baseWeights.length);
  const sum = own.reduce((total, weight) => total + weight, 0);
  return sum > 0 ? own.map((weight) => weight / sum) : baseWeights;
}

function measureWidth(cases: readonly WholeCase[]): number {
  const errors = cases.flatMap(({ mean, actual, localScale }) =>
    localScale > 0 ? Array.from(actual, (value, step) => Math.abs(value - mean[step]) / localScale) : [],
  );
  const sorted = Float64Array.from(errors).sort();
  return sorted.length > 0 ? sorted[Math.floor(WIDTH_LEVEL * sorted.length)] : 0;
}
