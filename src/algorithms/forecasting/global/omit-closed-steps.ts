import { isIntermittent } from "./is-intermittent.ts";
import type { PanelForecast, PanelOutcome, PanelSeries, PastForecast } from "./panel-types.ts";
import { phaseOf } from "./phase-of.ts";

/** Periods at the end without a value in some phase, after which that phase counts as closed. */
const CLOSED_PERIODS = 8;

/** A panel without the steps at which its series are closed, and the way back. */
export interface OpenPanel {
  readonly series: readonly PanelSeries[];
  /** What was forecast of `series`, as of the panel with its closed steps. */
  readonly restore: (outcome: PanelOutcome) => PanelOutcome;
}

/**
 * Leaves out the steps at which a shop is closed, such as its Sundays: a phase of the period at which a series that sells in most other steps has sold
 * nothing for eight periods. What is left is a series of a shorter period without the zeros that no seasonal
 * index and no logarithm can bear; forecasts are 0, surely, on the steps left out. Series without such a phase stay as they are. O(values).
 */
export function omitClosedSteps(panel: readonly PanelSeries[]): OpenPanel {
  const isOpenBySeries = panel.map(findOpenPhases);
  const series = panel.map((one, at) => {
    const isOpen = isOpenBySeries[at];
    return isOpen === undefined ? one : omitFrom(one, isOpen);
  });
  return {
    series,
    restore: ({ forecasts, past, pools }) => ({
      forecasts: forecasts.map((forecast, at) => {
        const isOpen = isOpenBySeries[at];
        return isOpen === undefined ? forecast : restoreForecast(forecast, panel[at], isOpen);
      }),
      past: past.flatMap((one) => {
        const isOpen = isOpenBySeries[one.index];
        return isOpen === undefined ? [one] : restorePast(one, panel[one.index], isOpen);
      }),
      pools,
    }),
  };
}

/** Whether each phase is open, the phase of the first step ahead first; undefined where all are, or fewer than half, or where a series sells too rarely to tell. */
function findOpenPhases({ values, period }: PanelSeries): boolean[] | undefined {
  const n = values.length;
  if (period < 2 || n < CLOSED_PERIODS * period || values.some((value) => value < 0)) return undefined;
  const isOpen = Array.from({ length: period }, () => false);
  for (let back = 1; back <= CLOSED_PERIODS * period; back++) {
    if (values[n - back] !== 0) isOpen[phaseOf(-back, period)] = true;
  }
  const open = isOpen.filter(Boolean).length;
  if (open === period || 2 * open < period) return undefined;
  return isIntermittent(takeOpen(values, isOpen), open) ? undefined : isOpen;
}

function omitFrom({ values, horizon }: PanelSeries, isOpen: readonly boolean[]): PanelSeries {
  return {
    values: takeOpen(values, isOpen),
    period: countOpen(isOpen, 0, isOpen.length),
    horizon: mostOpen(isOpen, horizon),
  };
}

function takeOpen(values: Float64Array, isOpen: readonly boolean[]): Float64Array {
  return values.filter((_, t) => isOpen[phaseOf(t - values.length, isOpen.length)]);
}

/** The most open steps that any stretch of `steps` holds: series that end on different days of the week are still forecast together. */
function mostOpen(isOpen: readonly boolean[], steps: number): number {
  return Math.max(1, ...isOpen.map((_, from) => countOpen(isOpen, from, steps)));
}

function countOpen(isOpen: readonly boolean[], from: number, steps: number): number {
  let count = 0;
  for (let step = 0; step < steps; step++) if (isOpen[phaseOf(from + step, isOpen.length)]) count++;
  return count;
}

function restoreForecast(forecast: PanelForecast, { horizon }: PanelSeries, isOpen: readonly boolean[]): PanelForecast {
  const spread = (row: Float64Array): Float64Array => spreadOpen(row, 0, horizon, isOpen);
  return {
    mean: spread(forecast.mean),
    lower95: spread(forecast.lower95),
    lower80: spread(forecast.lower80),
    lower50: spread(forecast.lower50),
    median: spread(forecast.median),
    upper50: spread(forecast.upper50),
    upper80: spread(forecast.upper80),
    upper95: spread(forecast.upper95),
  };
}

/** The forecast as of the step after the last open one that it knew; none where it would end after the history does. */
function restorePast(one: PastForecast, { values, horizon }: PanelSeries, isOpen: readonly boolean[]): PastForecast[] {
  const n = values.length;
  let [origin, known] = [0, 0];
  for (; known < one.origin; origin++) if (isOpen[phaseOf(origin - n, isOpen.length)]) known++;
  if (origin + horizon > n) return [];
  return [{ index: one.index, origin, mean: spreadOpen(one.mean, origin - n, horizon, isOpen) }];
}

/** Values of open steps at their steps from `first` on, counted from the end of the history, and 0 on closed ones. */
function spreadOpen(row: Float64Array, first: number, steps: number, isOpen: readonly boolean[]): Float64Array {
  let taken = 0;
  return Float64Array.from({ length: steps }, (_, step) =>
    isOpen[phaseOf(first + step, isOpen.length)] ? row[taken++] : 0,
  );
}
