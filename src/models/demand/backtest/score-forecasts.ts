import { mase } from "../../../algorithms/evaluation/mase.ts";
import { rmsse } from "../../../algorithms/evaluation/rmsse.ts";
import { smape } from "../../../algorithms/evaluation/smape.ts";
import { forecastNaive } from "../../../algorithms/forecasting/forecast-naive.ts";
import type { PanelForecast } from "../../../algorithms/forecasting/global/panel-types.ts";
import { withSeasonalAdjustment } from "../../../algorithms/forecasting/seasonal-adjustment.ts";
import type { BacktestSeries } from "./read-series-file.ts";

export interface ForecastScores {
  readonly smape: number | null;
  readonly mase: number | null;
  readonly owa: number | null;
  readonly rmsse: number | null;
  readonly wape: number | null;
  readonly bias: number | null;
  readonly coverage80: number | null;
  readonly coverage95: number | null;
}

/**
 * Scores over all series with test values. sMAPE, MASE, RMSSE: means over the series that have a scale; OWA: mean of sMAPE and
 * MASE relative to Naive2 (M4); WAPE: pooled; bias: mean over series of mean(forecast − actual) / mean |train|; coverage:
 * share of all test points within the bounds. Null where nothing can be measured.
 */
export function scoreForecasts(series: readonly BacktestSeries[], forecasts: readonly PanelForecast[]): ForecastScores {
  const columns: Record<"smape" | "mase" | "naiveSmape" | "naiveMase" | "rmsse" | "bias", number[]> = {
    smape: [],
    mase: [],
    naiveSmape: [],
    naiveMase: [],
    rmsse: [],
    bias: [],
  };
  let [error, size, points, in80, in95] = [0, 0, 0, 0, 0];
  series.forEach((one, at) => {
    const forecast = forecasts[at] as PanelForecast;
    const { train, test, period } = one;
    if (test.length === 0) return;
    const mean = forecast.mean.subarray(0, test.length);
    const naive = forecastNaive2(train, period, test.length);
    const push = (name: keyof typeof columns, value: number | undefined): void => {
      if (value !== undefined && Number.isFinite(value)) columns[name].push(value);
    };
    push("smape", smape(test, mean));
    push("naiveSmape", smape(test, naive));
    push("mase", mase(train, test, mean, period));
    push("naiveMase", mase(train, test, naive, period));
    push("rmsse", rmsse(train, test, mean));
    let [difference, trainSize] = [0, 0];
    for (const value of train) trainSize += Math.abs(value) / train.length;
    test.forEach((actual, step) => {
      const value = mean[step] as number;
      difference += (value - actual) / test.length;
      error += Math.abs(value - actual);
      size += Math.abs(actual);
      points++;
      if (actual >= (forecast.lower80[step] as number) && actual <= (forecast.upper80[step] as number)) in80++;
      if (actual >= (forecast.lower95[step] as number) && actual <= (forecast.upper95[step] as number)) in95++;
    });
    if (trainSize > 0) push("bias", difference / trainSize);
  });
  const means = {
    smape: average(columns.smape),
    mase: average(columns.mase),
    naiveSmape: average(columns.naiveSmape),
    naiveMase: average(columns.naiveMase),
  };
  return {
    smape: means.smape,
    mase: means.mase,
    owa: relative(means),
    rmsse: average(columns.rmsse),
    wape: size > 0 ? error / size : null,
    bias: average(columns.bias),
    coverage80: points > 0 ? in80 / points : null,
    coverage95: points > 0 ? in95 / points : null,
  };
}

/** The M4 reference: the last value of the seasonally adjusted series, with its season put back. */
const forecastNaive2 = withSeasonalAdjustment((train, _period, horizon) => forecastNaive(train, horizon).mean);

function relative(
  means: Readonly<Record<"smape" | "mase" | "naiveSmape" | "naiveMase", number | null>>,
): number | null {
  const { smape, mase, naiveSmape, naiveMase } = means;
  if (smape === null || mase === null || !naiveSmape || !naiveMase) return null;
  return (smape / naiveSmape + mase / naiveMase) / 2;
}

function average(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
