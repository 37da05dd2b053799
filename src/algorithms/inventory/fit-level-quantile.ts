import { solveCholeskyInPlace } from "../solve-cholesky.ts";
import { LEVEL_TERMS, type StockRule } from "./stock-level.ts";
import type { StockOutcomes } from "./stock-outcomes.ts";

/** Steps from nothing, and from the rule of a neighbouring chance. */
const COLD_STEPS = 24;
const WARM_STEPS = 14;
/** The absolute value is rounded within so many units of 0, less at each step. */
const FIRST_ROUNDING = 1;
const WARM_ROUNDING = 0.3;
const LAST_ROUNDING = 0.05;
/** A part of the trace that keeps the equations solvable where terms say the same. */
const RIDGE = 1e-8;

/**
 * The rule whose levels demand over lead time and review exceeds with probability 1 − τ for every product alike: least mean
 * of τ·(D − S)⁺ + (1 − τ)·(S − D)⁺. A unit more of any product then avoids the same expected shortage, so that no stock can be
 * moved between products for the better.
 *
 * Input: outcomes, at least as many as terms (see thinOutcomes); 0 < τ < 1; a rule to start from; whether the
 * newest demand (the last term) is weighed, else its weight is 0. Reweighted least squares; O(24 · rows · terms²).
 * Source: Koenker and Bassett (1978); Hunter and Lange (2000), majorisation; Ban and Rudin (2019), the newsvendor from features.
 */
export function fitLevelQuantile(
  outcomes: StockOutcomes,
  tau: number,
  start: StockRule | undefined,
  withRecent: boolean,
): StockRule {
  const scales = measureScales(outcomes);
  const rule = new Float64Array(LEVEL_TERMS);
  if (start !== undefined) for (let term = 0; term < LEVEL_TERMS; term++) rule[term] = start[term] * scales[term];
  const right = new Float64Array(LEVEL_TERMS);
  const steps = start === undefined ? COLD_STEPS : WARM_STEPS;
  let rounding = start === undefined ? FIRST_ROUNDING : WARM_ROUNDING;
  for (let step = 0; step < steps; step++) {
    const matrix = addUp(outcomes, scales, rule, rounding, 2 * tau - 1, withRecent, right);
    solveCholeskyInPlace(matrix, right, LEVEL_TERMS);
    rule.set(right);
    rounding = Math.max(LAST_ROUNDING, rounding * 0.8);
  }
  return rule.map((weight, term) => weight / scales[term]);
}

/** The normal equations of a step, with a ridge: the lower triangle is returned, the right side filled in. Written out for the five terms. */
function addUp(
  { count, described, weight, leadAndReview }: StockOutcomes,
  scales: Float64Array,
  rule: StockRule,
  rounding: number,
  tilt: number,
  withRecent: boolean,
  right: Float64Array,
): Float64Array {
  const [s0, s1, s2, s3] = [1 / scales[0], 1 / scales[1], 1 / scales[2], 1 / scales[3]];
  const s4 = withRecent ? 1 / scales[4] : 0;
  const [b0, b1, b2, b3, b4] = [rule[0], rule[1], rule[2], rule[3], rule[4]];
  let [r0, r1, r2, r3, r4] = [0, 0, 0, 0, 0];
  let [m00, m10, m11, m20, m21] = [0, 0, 0, 0, 0];
  let [m22, m30, m31, m32, m33] = [0, 0, 0, 0, 0];
  let [m40, m41, m42, m43, m44] = [0, 0, 0, 0, 0];
  for (let at = 0; at < count; at++) {
    const row = at * LEVEL_TERMS;
    const x0 = described[row] * s0;
    const x1 = described[row + 1] * s1;
    const x2 = described[row + 2] * s2;
    const x3 = described[row + 3] * s3;
    const x4 = described[row + 4] * s4;
    const demand = leadAndReview[at];
    const curve = weight[at] / (rounding + Math.abs(demand - x0 * b0 - x1 * b1 - x2 * b2 - x3 * b3 - x4 * b4));
    const pull = curve * demand + weight[at] * tilt;
    r0 += pull * x0;
    r1 += pull * x1;
    r2 += pull * x2;
    r3 += pull * x3;
    r4 += pull * x4;
    const [c0, c1, c2, c3, c4] = [curve * x0, curve * x1, curve * x2, curve * x3, curve * x4];
    m00 += c0 * x0;
    m10 += c1 * x0;
    m11 += c1 * x1;
    m20 += c2 * x0;
    m21 += c2 * x1;
    m22 += c2 * x2;
    m30 += c3 * x0;
    m31 += c3 * x1;
    m32 += c3 * x2;
    m33 += c3 * x3;
    m40 += c4 * x0;
    m41 += c4 * x1;
    m42 += c4 * x2;
    m43 += c4 * x3;
    m44 += c4 * x4;
  }
  right.set([r0, r1, r2, r3, r4]);
  const ridge = RIDGE * (m00 + m11 + m22 + m33 + m44) + Number.MIN_VALUE;
  [m00, m11, m22, m33, m44] = [m00 + ridge, m11 + ridge, m22 + ridge, m33 + ridge, m44 + ridge];
  const rows = [
    [m00, 0, 0, 0, 0],
    [m10, m11, 0, 0, 0],
    [m20, m21, m22, 0, 0],
    [m30, m31, m32, m33, 0],
    [m40, m41, m42, m43, m44],
  ];
  return Float64Array.from(rows.flat());
}

/** Mean of each term, so that the equations are well scaled. */
function measureScales({ described, count }: StockOutcomes): Float64Array {
  const scales = new Float64Array(LEVEL_TERMS);
  for (let at = 0; at < count; at++) {
    for (let term = 0; term < LEVEL_TERMS; term++) scales[term] += described[at * LEVEL_TERMS + term];
  }
  return scales.map((sum) => (sum > 0 ? sum / count : 1));
}
