import { forecastNaive } from "../../algorithms/forecasting/forecast-naive.ts";
import { calibrateIntervals, type IntervalCalibration, type PastForecast } from "./calibrate-intervals.ts";
import { isAlive, truncateSeries, type DemandSeries, type StepUnit } from "./demand-series.ts";
import { evaluateIntervals, evaluatePoints, type PointCase } from "./evaluate-forecasts.ts";
import { ALIVE_STEPS, forecastDemand, HORIZONS } from "./forecast-demand.ts";

/** Weights that the weekly series may share. */
const ALPHAS = [0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5];
const DEFAULT_ALPHA = 0.25;
/**
 * Origins that are scored, newest first. Weeks have one, since the three before it choose α. For days nothing is chosen,
 * so all are scored: a single month says little about five series.
 */
const TEST_ORIGINS = { week: 1, day: 6 } as const;
const ORIGINS = { week: 4, day: 6 } as const;
/** The season that the seasonal naive forecast repeats. */
const SEASONS = { week: 52, day: 7 } as const;
/** Forecasts needed at the test origin for its figures to mean something. */
const MIN_CASES = { week: 20, day: 1 } as const;

export interface DemandBacktest {
  readonly alpha: number;
  /** From the errors of all origins, the test origin included: for the forecasts to come. */
  readonly calibration: IntervalCalibration;
  /** Undefined where histories are too short to measure anything. */
  readonly measured:
    | {
        readonly model: Readonly<Record<string, number>>;
        readonly naive: Readonly<Record<string, number>>;
        readonly seasonalNaive: Readonly<Record<string, number>>;
        readonly series: number;
      }
    | undefined;
}

interface OriginCase extends PastForecast {
  readonly known: DemandSeries;
}

/**
 * Rolling origin with non-overlapping horizons: at each origin only what was known then is forecast from. Intervals are
 * scored at the newest origin, calibrated on the errors of the older ones.
 */
export function backtestDemand(all: readonly DemandSeries[], unit: StepUnit): DemandBacktest {
  const horizon = HORIZONS[unit];
  const origins = Array.from({ length: ORIGINS[unit] }, (_, back) => (back + 1) * horizon);
  const alpha = unit === "week" ? chooseAlpha(all, origins.slice(TEST_ORIGINS.week)) : DEFAULT_ALPHA;
  const [newest = [], ...older] = origins.map((steps) => forecastAt(all, steps, alpha));
  const calibration = calibrateIntervals([newest, ...older].flat());
  const tested = [newest, ...older].slice(0, TEST_ORIGINS[unit]).flat();
  if (newest.length < MIN_CASES[unit] || older.flat().length < MIN_CASES[unit]) {
    return { alpha, calibration, measured: undefined };
  }
  const beforeNewest = calibrateIntervals(older.flat());
  const naive = (period: number): Record<string, number> =>
    evaluatePoints(tested.map((one) => toTestCase(one, forecastNaive(one.known.values, horizon, period).mean)));
  return {
    alpha,
    calibration,
    measured: {
      model: {
        ...evaluatePoints(tested.map((one) => toTestCase(one, one.forecast.mean))),
        ...evaluateIntervals(
          newest.map(({ actual, forecast }) => ({ actual, mean: forecast.mean, quantiles: beforeNewest(forecast) })),
        ),
      },
      naive: naive(1),
      seasonalNaive: naive(SEASONS[unit]),
      series: newest.length,
    },
  };
}

function toTestCase({ known, actual }: OriginCase, mean: Float64Array): PointCase {
  return { history: known.values, actual, mean };
}

/** Forecasts of the series alive `steps` steps before the end, with what came in the next horizon. */
function forecastAt(all: readonly DemandSeries[], steps: number, alpha: number): OriginCase[] {
  return all.flatMap((series) => {
    const known = truncateSeries(series, steps);
    if (!isAlive(known, ALIVE_STEPS[series.unit])) return [];
    const from = known.values.length;
    const actual = series.values.subarray(from, from + HORIZONS[series.unit]);
    return [{ known, actual, forecast: forecastDemand(known, alpha) }];
  });
}

function chooseAlpha(all: readonly DemandSeries[], origins: readonly number[]): number {
  let best = DEFAULT_ALPHA;
  let bestError = Number.POSITIVE_INFINITY;
  for (const alpha of ALPHAS) {
    let error = 0;
    for (const steps of origins) {
      for (const { forecast, actual } of forecastAt(all, steps, alpha)) {
        for (let step = 0; step < actual.length; step++) {
          error += Math.abs((actual[step] as number) - (forecast.mean[step] as number));
        }
      }
    }
    if (error > 0 && error < bestError) [best, bestError] = [alpha, error];
  }
  return best;
}
