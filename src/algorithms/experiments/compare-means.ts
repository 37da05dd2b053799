import { fail } from "../../core/errors.ts";
import { requireFinite, requireShare } from "../require-numbers.ts";
import { studentQuantile } from "./student-quantile.ts";

/** A difference with the interval that holds the true one with the confidence asked for. */
export interface DifferenceInterval {
  readonly difference: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The mean of `treated` less that of `control`, with Welch's interval: the variances may differ. Values are independent;
 * with heavy tails the interval is as good as the central limit theorem makes the means normal.
 * Input: at least 2 values each, in any unit. O(n) time, no memory.
 * Errors: `ALGORITHM_INPUT_INVALID` for fewer values, NaN and infinities, a confidence outside (0, 1).
 * Source: Welch (1947), The generalization of Student's problem when several different population variances are involved.
 */
export function compareMeans(
  control: ArrayLike<number>,
  treated: ArrayLike<number>,
  confidence = 0.95,
): DifferenceInterval {
  requireShare(confidence, "confidence");
  const from = summarise(control, "control");
  const to = summarise(treated, "treated");
  const difference = to.mean - from.mean;
  const a = from.variance / control.length;
  const b = to.variance / treated.length;
  if (a + b === 0) return { difference, low: difference, high: difference };
  // Welch and Satterthwaite.
  const degrees = (a + b) ** 2 / (a ** 2 / (control.length - 1) + b ** 2 / (treated.length - 1));
  const margin = studentQuantile((1 + confidence) / 2, degrees) * Math.sqrt(a + b);
  return { difference, low: difference - margin, high: difference + margin };
}

function summarise(values: ArrayLike<number>, name: string): { mean: number; variance: number } {
  if (values.length < 2) {
    throw fail("ALGORITHM_INPUT_INVALID", `${name} has ${values.length} values; a spread needs at least 2.`);
  }
  requireFinite(values, name);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - mean) ** 2;
  return { mean, variance: squares / (values.length - 1) };
}
