import { pinballLoss } from "../../algorithms/evaluation/pinball-loss.ts";
import { relativeBias } from "../../algorithms/evaluation/relative-bias.ts";
import { rmsse } from "../../algorithms/evaluation/rmsse.ts";
import { wape } from "../../algorithms/evaluation/wape.ts";
import type { Quantiles } from "./calibrate-intervals.ts";

/** Point forecasts of one series from one origin, and what came. */
export interface PointCase {
  readonly history: Float64Array;
  readonly actual: Float64Array;
  readonly mean: Float64Array;
}

export interface IntervalCase {
  readonly actual: Float64Array;
  readonly mean: Float64Array;
  readonly quantiles: Quantiles;
}

/** `wape` and `bias` pool all units; `rmsse` is the mean over the cases that have a scale. */
export function evaluatePoints(cases: readonly PointCase[]): Record<string, number> {
  const actual = join(cases.map((one) => one.actual));
  const mean = join(cases.map((one) => one.mean));
  const scaled = cases.map((one) => rmsse(one.history, one.actual, one.mean)).filter((value) => value !== undefined);
  return {
    wape: wape(actual, mean) ?? 0,
    bias: relativeBias(actual, mean) ?? 0,
    rmsse: scaled.reduce((sum, value) => sum + value, 0) / Math.max(1, scaled.length),
  };
}

/**
 * `coverage50`, `80`, `95` are the shares of actual values within the intervals; `pinball` the mean loss of the quantiles 10, 50 and 90 % per unit of
 * actual demand. Steps forecast as nothing (closed days) do not count: they are too easy.
 */
export function evaluateIntervals(cases: readonly IntervalCase[]): Record<string, number> {
  const mean = join(cases.map((one) => one.mean));
  const joinOpen = (parts: Float64Array[]): Float64Array => join(parts).filter((_, at) => (mean[at] as number) > 0);
  const actual = joinOpen(cases.map((one) => one.actual));
  const quantile = (name: keyof Quantiles): Float64Array => joinOpen(cases.map((one) => one.quantiles[name]));
  const [q10, q50, q90] = [quantile("q10"), quantile("q50"), quantile("q90")];
  const loss = pinballLoss(actual, q10, 0.1) + pinballLoss(actual, q50, 0.5) + pinballLoss(actual, q90, 0.9);
  const size = actual.reduce((sum, value) => sum + value, 0) / Math.max(1, actual.length);
  const cover = (lower: Float64Array, upper: Float64Array): number =>
    actual.filter((value, at) => value >= (lower[at] as number) && value <= (upper[at] as number)).length /
    Math.max(1, actual.length);
  return {
    pinball: size > 0 ? loss / 3 / size : 0,
    coverage50: cover(quantile("q25"), quantile("q75")),
    coverage80: cover(q10, q90),
    coverage95: cover(quantile("q025"), quantile("q975")),
  };
}

function join(parts: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
