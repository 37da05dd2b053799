import type { PoolReport } from "../../../algorithms/forecasting/global/panel-types.ts";
import { startCpuTimer } from "../../recommendation/backtest/cpu-seconds.ts";
import { forecastInThreads } from "./forecast-in-threads.ts";
import { type QuarantinedRow, readSeriesFile } from "./read-series-file.ts";
import { type ForecastScores, scoreForecasts } from "./score-forecasts.ts";

export interface ForecastBacktestRequest {
  readonly series: string;
  /** Its test column stands in for that of the series file, by id. */
  readonly test: string | undefined;
  readonly seed: number;
  /** Worker threads at most; the result does not depend on them. One by default. */
  readonly threads?: number;
}

export interface ForecastBacktest extends ForecastScores {
  /** CPU seconds of forecasting (not reading and scoring) per thousand series. */
  readonly cpuSecPer1000: number;
  /** Series that were forecast. */
  readonly series: number;
  /** Of those, the ones with a test part. */
  readonly scored: number;
  readonly methods: readonly PoolReport[];
  readonly filledGaps: number;
  readonly quarantined: readonly QuarantinedRow[];
}

/** Runs the automatic forecast over a file and scores it; the test part is read only by the scores. */
export async function backtestForecast(request: ForecastBacktestRequest): Promise<ForecastBacktest> {
  const { series, quarantined, filledGaps } = await readSeriesFile(request.series, request.test);
  const panel = series.map(({ train, period, horizon }) => ({ values: train, period, horizon }));
  const readCpuSeconds = startCpuTimer();
  const { forecasts, pools } = await forecastInThreads(panel, { seed: request.seed, threads: request.threads ?? 1 });
  const cpuSec = readCpuSeconds();
  return {
    ...scoreForecasts(series, forecasts),
    cpuSecPer1000: (1000 * cpuSec) / Math.max(1, series.length),
    series: series.length,
    scored: series.filter(({ test }) => test.length > 0).length,
    methods: pools,
    filledGaps,
    quarantined,
  };
}
