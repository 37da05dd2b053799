import type { OriginCase, PoolShape, TrainingCase } from "./origin-case.ts";
import { createPoolObjective, type ValidationCase } from "./pool-objective.ts";
import { selectWeights } from "./select-weights.ts";

/** Fewer cases than this say too little to choose by: the members count the same. */
const MIN_CASES = 8;
/**
 * A member is good when its loss is within this factor of the best one's: forecasts of rare demand all lose about the same. The
 * windows of one panel share their weather, so that a part of the weight goes evenly to the good members.
 */
const SELECTION = {
  regular: { goodFactor: 1.1, shrink: 0.35 },
  intermittent: { goodFactor: 1.02, shrink: 0.25 },
} as const;
/** How much RMSSE a relative bias of 1 is worth when it is known from very many windows. */
const BIAS_PRICE = 0.04;

/**
 * Weights of all members, the global models among them, that have the least loss on the cases of the last `windows` windows. O(picks ·
 * members · values of the cases).
 */
export function weighMembers(
  cases: readonly (ValidationCase & OriginCase)[],
  kind: PoolShape["kind"],
  memberCount: number,
  windows: number,
): Float64Array {
  if (cases.length < MIN_CASES) return new Float64Array(memberCount).fill(1 / memberCount);
  if (kind === "regular") return selectByWindow(cases, memberCount);
  return selectWeights(createPoolObjective(cases, kind, priceOfBias(windows)), SELECTION[kind]);
}

/** Weights of the members before any global model, from the cases before validation. */
export function chooseBase(cases: readonly TrainingCase[], { kind, baseWeights }: PoolShape): Float64Array {
  if (cases.length < MIN_CASES) return baseWeights;
  const known = cases.map(({ known, actual }) => ({ ...known, actual }));
  return selectWeights(createPoolObjective(known, kind), SELECTION[kind]);
}

/**
 * Weights chosen on each window by itself, then their mean by the cases they were chosen on: a window is one draw of the weather, and what
 * was good in one of them alone should not decide for all. Windows of too few cases are left out, unless all are.
 */
function selectByWindow(cases: readonly (ValidationCase & OriginCase)[], memberCount: number): Float64Array {
  const backs = [...new Set(cases.map(({ back }) => back))];
  const windows = backs.map((back) => cases.filter((one) => one.back === back));
  const told = windows.filter((window) => window.length >= MIN_CASES);
  const parts = told.length > 0 ? told : [cases];
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  const weights = new Float64Array(memberCount);
  for (const part of parts) {
    selectWeights(createPoolObjective(part, "regular"), SELECTION.regular).forEach((weight, member) => {
      weights[member] += (weight * part.length) / total;
    });
  }
  return weights;
}

/** The bias of one window says little about the next: it counts by the share that the mean of the windows takes off its variance. */
function priceOfBias(windows: number): number {
  return BIAS_PRICE * (1 - 1 / windows);
}
