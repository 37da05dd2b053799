import { solveCholeskyInPlace } from "../../solve-cholesky.ts";

/** A linear model on standardised features; a missing value counts as the mean. */
export interface RidgeModel {
  readonly mean: Float64Array;
  /** 1 / deviation; 0 for a constant column. */
  readonly inverse: Float64Array;
  readonly coefficients: Float64Array;
  readonly intercept: number;
}

/** Standardised features are cut off at this many deviations: one wild series must not pull all others. */
const MAX_DEVIATIONS = 5;

/**
 * Weighted ridge regression in closed form. `penalty` is per row: the diagonal gets penalty · Σ weight.
 * O(rows · features² / 2 + features³ / 6); columns are read in blocks of rows.
 * Source: Hoerl and Kennard (1970).
 */
export function fitRidge(
  columns: readonly Float32Array[],
  target: Float64Array,
  weight: Float64Array,
  penalty: number,
): RidgeModel {
  const features = columns.length;
  const rows = target.length;
  const mean = new Float64Array(features);
  const inverse = new Float64Array(features);
  columns.forEach((column, feature) => {
    let [sum, squares, count] = [0, 0, 0];
    for (let row = 0; row < rows; row++) {
      const value = column[row];
      if (Number.isNaN(value)) continue;
      sum += value;
      squares += value * value;
      count++;
    }
    mean[feature] = count > 0 ? sum / count : 0;
    const variance = count > 0 ? squares / count - mean[feature] ** 2 : 0;
    inverse[feature] = variance > 1e-12 ? 1 / Math.sqrt(variance) : 0;
  });
  let [total, targetSum] = [0, 0];
  for (let row = 0; row < rows; row++) {
    total += weight[row];
    targetSum += weight[row] * target[row];
  }
  const intercept0 = total > 0 ? targetSum / total : 0;
  const gram = new Float64Array(features * features);
  const right = new Float64Array(features);
  const sums = new Float64Array(features);
  const line = new Float64Array(features);
  for (let row = 0; row < rows; row++) {
    const w = weight[row];
    const residual = w * (target[row] - intercept0);
    for (let i = 0; i < features; i++) line[i] = standardise(columns[i][row], mean[i], inverse[i]);
    for (let i = 0; i < features; i++) {
      const scaled = w * line[i];
      sums[i] += scaled;
      right[i] += residual * line[i];
      const start = i * features;
      for (let j = 0; j <= i; j++) gram[start + j] += scaled * line[j];
    }
  }
  for (let i = 0; i < features; i++) {
    for (let j = 0; j <= i; j++) gram[i * features + j] -= total > 0 ? (sums[i] * sums[j]) / total : 0;
    gram[i * features + i] += penalty * total + 1e-9;
  }
  const coefficients = solveCholeskyInPlace(gram, right, features);
  let shift = 0;
  for (let i = 0; i < features; i++) shift += total > 0 ? (coefficients[i] * sums[i]) / total : 0;
  return { mean, inverse, coefficients, intercept: intercept0 - shift };
}

/** O(rows · features). */
export function predictRidge(model: RidgeModel, columns: readonly Float32Array[], rows: number): Float64Array {
  const predicted = new Float64Array(rows).fill(model.intercept);
  columns.forEach((column, feature) => {
    const [mean, inverse, coefficient] = [model.mean[feature], model.inverse[feature], model.coefficients[feature]];
    for (let row = 0; row < rows; row++) predicted[row] += coefficient * standardise(column[row], mean, inverse);
  });
  return predicted;
}

function standardise(value: number, mean: number, inverse: number): number {
  if (Number.isNaN(value)) return 0;
  const at = (value - mean) * inverse;
  return at > MAX_DEVIATIONS ? MAX_DEVIATIONS : at < -MAX_DEVIATIONS ? -MAX_DEVIATIONS : at;
}
