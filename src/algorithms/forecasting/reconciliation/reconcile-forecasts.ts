import { fail } from "../../../core/errors.ts";
import { requireFinite } from "../../require-numbers.ts";
import { spreadToBottom, sumBottom, type SummingStructure } from "./summing-structure.ts";

/** Residual, relative to the right side, at which conjugate gradients stop. */
const TOLERANCE = 1e-11;
/** Rounds of holding series at 0 and letting them go again. */
const MAX_ROUNDS = 30;

/** Structural weights: a node's error variance grows with the number of series it adds up. O(nodes). */
export function structuralVariances({ nodeCount, memberPtr }: SummingStructure): Float64Array {
  return Float64Array.from({ length: nodeCount }, (_, node) => Math.max(1, memberPtr[node + 1] - memberPtr[node]));
}

/**
 * Coherent forecasts closest to the base forecasts of one step: minimises Σ (base − sum)² / variance over bottom values,
 * of at least 0 unless `isNonNegative` is false, and adds those up, so a node is the sum of its members to rounding.
 * Base forecasts that are coherent already come back unchanged. Variances all the same give ordinary least squares.
 *
 * Input: a base forecast and an error variance above 0 a node (bottom series first). O(rounds · iterations · members).
 * Errors: `ALGORITHM_INPUT_INVALID` for a wrong length, a value that is not finite, a variance not above 0.
 * Source: minimum trace reconciliation with a diagonal covariance, Wickramasuriya, Athanasopoulos and Hyndman (2019); bounds
 * by an active set, after Wickramasuriya, Turlach and Hyndman (2020).
 */
export function reconcileForecasts(
  structure: SummingStructure,
  base: Float64Array,
  variances: Float64Array,
  isNonNegative = true,
): Float64Array {
  const { nodeCount, bottomCount } = structure;
  if (base.length !== nodeCount || variances.length !== nodeCount) {
    throw fail("ALGORITHM_INPUT_INVALID", `there are ${nodeCount} nodes; give a forecast and a variance for each.`);
  }
  requireFinite(base, "base");
  requireFinite(variances, "variances");
  const worst = variances.findIndex((value) => value <= 0);
  if (worst >= 0) throw fail("ALGORITHM_INPUT_INVALID", `variances[${worst}] is not above 0.`);
  const isFree = new Uint8Array(bottomCount).fill(1);
  const bottom = base.slice(0, bottomCount);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    solveFree(structure, base, variances, isFree, bottom);
    if (!isNonNegative) return sumBottom(structure, bottom);
    let changed = 0;
    for (let at = 0; at < bottomCount; at++) {
      if (isFree[at] === 0 || bottom[at] >= 0) continue;
      [isFree[at], bottom[at]] = [0, 0];
      changed++;
    }
    if (changed > 0) continue;
    // A series held at 0 goes free where the fit would gain by raising it.
    const gain = gradientAt(structure, base, variances, bottom);
    const floor = TOLERANCE * 1e3 * (1 + largest(gain));
    for (let at = 0; at < bottomCount; at++) {
      if (isFree[at] === 1 || gain[at] <= floor) continue;
      isFree[at] = 1;
      changed++;
    }
    if (changed === 0) break;
  }
  return sumBottom(
    structure,
    bottom.map((value) => Math.max(0, value)),
  );
}

/** Half the descent direction, Sᵀ W⁻¹ (base − S·bottom). */
function gradientAt(
  structure: SummingStructure,
  base: Float64Array,
  variances: Float64Array,
  bottom: Float64Array,
): Float64Array {
  const sums = sumBottom(structure, bottom);
  return spreadToBottom(
    structure,
    sums.map((value, node) => (base[node] - value) / variances[node]),
  );
}

/** Preconditioned conjugate gradients over the free series, from where `bottom` stands. */
function solveFree(
  structure: SummingStructure,
  base: Float64Array,
  variances: Float64Array,
  isFree: Uint8Array,
  bottom: Float64Array,
): void {
  const precision = variances.map((value) => 1 / value);
  const diagonal = spreadToBottom(structure, precision);
  const residual = gradientAt(structure, base, variances, bottom).map((value, at) => value * isFree[at]);
  const right = spreadToBottom(
    structure,
    base.map((value, node) => value * precision[node]),
  );
  const enough = TOLERANCE * Math.sqrt(dot(right, right));
  let scaled = residual.map((value, at) => value / diagonal[at]);
  let direction = scaled.slice();
  let size = dot(residual, scaled);
  for (let turn = 0; turn < 10 * bottom.length + 10 && Math.sqrt(dot(residual, residual)) > enough; turn++) {
    const sums = sumBottom(structure, direction);
    const image = spreadToBottom(
      structure,
      sums.map((value, node) => value * precision[node]),
    );
    const step = size / dot(direction, image);
    for (let at = 0; at < bottom.length; at++) {
      bottom[at] += step * direction[at];
      residual[at] -= step * image[at] * isFree[at];
    }
    scaled = residual.map((value, at) => value / diagonal[at]);
    const before = size;
    size = dot(residual, scaled);
    direction = direction.map((value, at) => scaled[at] + (size / before) * value);
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at];
  return sum;
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
