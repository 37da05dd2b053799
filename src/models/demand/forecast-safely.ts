import { AppError } from "../../core/errors.ts";
import { forecastFixedSmoothing } from "../../algorithms/forecasting/forecast-fixed-smoothing.ts";
import { HORIZONS, type StepForecast, toStepForecast } from "./forecast-demand.ts";

/** No step is believed beyond this many times the most that was ever demanded in one. */
const LARGEST_GROWTH = 10;
/** Smoothing weight of the forecast that takes the place of another. */
const ALPHA = 0.1;

/** What came of a piece of work, or why it could not be done. */
export type Attempt<T> = { readonly value: T } | { readonly reason: string };

/**
 * Does work that may find its numbers unusable, which becomes the reason. Any other error is a fault of the program and passes on.
 */
export function attempt<T>(work: () => T): Attempt<T> {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof AppError && error.code === "ALGORITHM_INPUT_INVALID") return { reason: error.detail };
    throw error;
  }
}

/**
 * A weekly forecast that can be published whatever `work` gives: where it finds its numbers unusable, or gives a step that is no number,
 * negative or beyond ten times the most ever demanded, slow smoothing of what is finite takes its place and says why.
 * `values` holds at least one value. O(values) beside the work.
 */
export function forecastSafely(values: Float64Array, work: () => StepForecast): StepForecast {
  const made = attempt(work);
  const reason = "reason" in made ? made.reason : findFault(made.value, values);
  if ("value" in made && reason === undefined) return made.value;
  return forecastFallback(values, reason as string);
}

/** Slow smoothing of the finite values, named `fallback-smoothing`. */
export function forecastFallback(values: Float64Array, reason: string): StepForecast {
  const known = values.map((value) => (Number.isFinite(value) ? Math.max(0, value) : 0));
  return { ...toStepForecast("fallback-smoothing", forecastFixedSmoothing(known, HORIZONS.week, ALPHA)), reason };
}

function findFault({ method, mean, scale }: StepForecast, values: Float64Array): string | undefined {
  const most = values.reduce((greatest, value) => (value > greatest ? value : greatest), 0);
  const step = mean.findIndex((value) => !(value >= 0 && value <= LARGEST_GROWTH * most));
  if (step >= 0) {
    return `${method} expected ${mean[step] as number} units ${step + 1} steps ahead, of a series that never had more than ${most}`;
  }
  const at = scale.findIndex((value) => !(value > 0 && value < Number.POSITIVE_INFINITY));
  return at >= 0 ? `${method} gave an error of ${scale[at] as number} units ${at + 1} steps ahead` : undefined;
}
