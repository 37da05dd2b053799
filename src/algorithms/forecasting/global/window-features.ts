import type { OriginCase } from "./origin-case.ts";

/** Windows whose mean demand is a feature, in quarters of the horizon; those of `SHARE_WINDOWS` give the share of steps with sales. */
const MEAN_WINDOWS = [1, 2, 4, 8, 16, 32] as const;
const SHARE_WINDOWS = [1, 4, 16] as const;
/** Spells from the start of the history, in quarters of the horizon, whose mean demand is a feature beside the mean of all. */
const OLDEST_SPELLS = [
  [0, 2],
  [0, 4],
  [2, 6],
  [0, 12],
] as const;
/** The newest sales that make the recent size of a sale. */
const RECENT_SALES = 5;
/** Sales above this share of all count as that size only: means without the wild orders. */
const CAP_LEVEL = 0.9;

export const WINDOW_FEATURES = 34;

/**
 * What says how much a rarely sold product will sell over a whole horizon, in units of the scale of the case where it has one: mean
 * demand of six windows and of all, of three with wild orders cut off, share of steps with sales, steps since the last sale, age,
 * number of sales, usual, mean, greatest and recent size of a sale, two smoothings, root mean squares, the newest changes, and the demand of
 * the oldest spells beside the mean of all: a history of most of a year begins where the season that comes ended.
 * O(n log n) for the order of the sales.
 */
export function describeWindow({ history, scale, meanSize }: OriginCase, horizon: number): number[] {
  const n = history.length;
  const unit = Math.max(1, Math.round(horizon / 4));
  const sums = new Float64Array(n + 1);
  const squares = new Float64Array(n + 1);
  const counts = new Float64Array(n + 1);
  const sizes: number[] = [];
  let [first, last] = [n, -1];
  for (let t = 0; t < n; t++) {
    const value = history[t] / scale;
    sums[t + 1] = sums[t] + value;
    squares[t + 1] = squares[t] + value * value;
    counts[t + 1] = counts[t] + (value === 0 ? 0 : 1);
    if (value === 0) continue;
    sizes.push(value);
    first = Math.min(first, t);
    last = t;
  }
  const meanOver = (running: Float64Array, steps: number): number => {
    const from = Math.max(0, n - steps);
    return (running[n] - running[from]) / (n - from);
  };
  const ordered = Float64Array.from(sizes).sort();
  const recent = Float64Array.from(sizes.slice(-RECENT_SALES)).sort();
  const cap = quantileOf(ordered, CAP_LEVEL);
  const capped = new Float64Array(n + 1);
  for (let t = 0; t < n; t++) capped[t + 1] = capped[t] + Math.min(cap, history[t] / scale);
  const means = MEAN_WINDOWS.map((quarters) => meanOver(sums, quarters * unit));
  return [
    ...means,
    meanSize / scale,
    ...SHARE_WINDOWS.map((quarters) => meanOver(counts, quarters * unit)),
    counts[n] / n,
    Math.min(n - 1 - last, 200) / unit,
    Math.log(n),
    Math.log(Math.max(1, n - first)),
    Math.log1p(sizes.length),
    quantileOf(ordered, 0.5),
    sizes.length > 0 ? sums[n] / sizes.length : 0,
    quantileOf(ordered, 1),
    meanOf(recent),
    quantileOf(recent, 0.5),
    capped[n] / n,
    meanOver(capped, 4 * unit),
    meanOver(capped, 16 * unit),
    smoothed(history, 0.03) / scale,
    smoothed(history, 0.1) / scale,
    Math.sqrt(meanOver(squares, 4 * unit)),
    Math.sqrt(meanOver(squares, 16 * unit)),
    2 * (means[0] - means[1]),
    2 * means[3] - means[2],
    ...OLDEST_SPELLS.map(([from, to]) => spellMean(sums, from * unit, to * unit)),
    spellMean(sums, 0, n >> 1),
  ];
}

/** Mean from one step to another beside that of all; NaN where the history does not hold it. */
function spellMean(running: Float64Array, from: number, to: number): number {
  const n = running.length - 1;
  return from < to && to <= n && running[n] > 0
    ? ((running[to] - running[from]) * n) / (to - from) / running[n]
    : Number.NaN;
}

/** 0 where there are no values. */
function quantileOf(ordered: Float64Array, level: number): number {
  return ordered.length === 0 ? 0 : ordered[Math.min(ordered.length - 1, Math.floor(level * ordered.length))];
}

function meanOf(values: Float64Array): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Exponentially weighted mean, the weights summing to 1. */
function smoothed(values: Float64Array, rate: number): number {
  let [sum, total] = [0, 0];
  for (let t = 0; t < values.length; t++) {
    sum = sum * (1 - rate) + values[t];
    total = total * (1 - rate) + 1;
  }
  return sum / total;
}
