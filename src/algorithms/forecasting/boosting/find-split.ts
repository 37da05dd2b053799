import type { BinnedTable } from "./bin-features.ts";

/** The best cut of a node, or none (`feature` −1). Reused from node to node. */
export interface Split {
  feature: number;
  /** Numeric: bins up to this one go left. */
  threshold: number;
  /** Where missing values (bin 0) go. */
  isMissingLeft: boolean;
  /** Categorical: the bins that go left. */
  categories: readonly number[];
  gain: number;
  leftGradient: number;
  leftHessian: number;
}

export interface SplitParams {
  /** L2 penalty on leaf values, in units of the hessian. */
  readonly lambda: number;
  /** Least sum of hessians (rows, for squared loss with unit weights) on each side. */
  readonly minChildWeight: number;
  /** −1, 0 or 1 a feature: the prediction must not rise, is free, must not fall with it. */
  readonly monotone: Int8Array;
  /** Columns that this tree may use. */
  readonly features: Int32Array;
}

/** Pulls the order of rare categories to the middle. */
const CATEGORY_SMOOTHING = 10;

/**
 * Finds the cut of greatest gain from a histogram (gradient and hessian sums, interleaved, column after column). Children's values
 * are clipped to [low, high], and a cut that would break a monotone constraint is passed over. O(bins of all features).
 * Source: Chen and Guestrin (2016), exact gain; Fisher (1958), categories in the order of their mean gradient.
 */
export function findSplit(
  table: Pick<BinnedTable, "bins" | "binCounts">,
  offsets: Int32Array,
  histogram: Float64Array,
  params: SplitParams,
  node: { readonly gradient: number; readonly hessian: number; readonly low: number; readonly high: number },
  best: Split,
): void {
  best.feature = -1;
  best.gain = 1e-9;
  const { lambda, minChildWeight, monotone, features } = params;
  const { gradient, hessian, low, high } = node;
  const clip = (value: number): number => (value < low ? low : value > high ? high : value);
  const gainOf = (g: number, h: number): number => {
    const value = clip(-g / (h + lambda));
    return -(g * value + 0.5 * (h + lambda) * value * value);
  };
  const parentGain = gainOf(gradient, hessian);

  const consider = (feature: number, g: number, h: number): boolean => {
    const [rightG, rightH] = [gradient - g, hessian - h];
    if (h < minChildWeight || rightH < minChildWeight) return false;
    const gain = gainOf(g, h) + gainOf(rightG, rightH) - parentGain;
    if (!(gain > best.gain)) return false;
    const sign = monotone[feature];
    if (sign !== 0) {
      const rise = clip(-rightG / (rightH + lambda)) - clip(-g / (h + lambda));
      if (sign * rise < 0) return false;
    }
    best.feature = feature;
    best.gain = gain;
    best.leftGradient = g;
    best.leftHessian = h;
    return true;
  };

  for (const feature of features) {
    const start = offsets[feature];
    const count = table.binCounts[feature];
    if (table.bins[feature].isCategorical) {
      const bins: number[] = [];
      for (let bin = 0; bin < count; bin++) if (histogram[2 * (start + bin) + 1] > 0) bins.push(bin);
      const order = (bin: number): number =>
        histogram[2 * (start + bin)] / (histogram[2 * (start + bin) + 1] + CATEGORY_SMOOTHING);
      bins.sort((a, b) => order(a) - order(b) || a - b);
      let [g, h] = [0, 0];
      for (let at = 0; at + 1 < bins.length; at++) {
        g += histogram[2 * (start + bins[at])];
        h += histogram[2 * (start + bins[at]) + 1];
        if (consider(feature, g, h)) best.categories = bins.slice(0, at + 1);
      }
      continue;
    }
    const missingG = histogram[2 * start];
    const missingH = histogram[2 * start + 1];
    const isFree = monotone[feature] === 0 && low === -Infinity && high === Infinity;
    // Missing values are tried on the right, and on the left too when there are any.
    for (let side = 0; side < (missingH > 0 ? 2 : 1); side++) {
      let g = side === 1 ? missingG : 0;
      let h = side === 1 ? missingH : 0;
      for (let bin = 1; bin + 1 < count; bin++) {
        const at = 2 * (start + bin);
        if (histogram[at + 1] === 0) continue;
        g += histogram[at];
        h += histogram[at + 1];
        // The right side only shrinks: no further cut leaves it enough.
        if (hessian - h < minChildWeight) break;
        if (isFree) {
          if (
            h < minChildWeight ||
            !(freeGain(g, h, lambda) + freeGain(gradient - g, hessian - h, lambda) - parentGain > best.gain)
          )
            continue;
        }
        if (consider(feature, g, h)) {
          best.threshold = bin;
          best.isMissingLeft = side === 1;
          best.categories = [];
        }
      }
    }
  }
}

/** What a side gains with the value that is best for it. */
function freeGain(gradient: number, hessian: number, lambda: number): number {
  const value = -gradient / (hessian + lambda);
  return -(gradient * value + 0.5 * (hessian + lambda) * value * value);
}
