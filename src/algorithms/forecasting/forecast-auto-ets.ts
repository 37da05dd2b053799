import { fitEts, type EtsFit } from "./fit-ets.ts";
import { admissibleForms } from "./ets-form.ts";
import { LEVEL, PHI, SEASON, TREND } from "./ets-likelihood.ts";
import { forecastLevel } from "./forecast-level.ts";

/** A season of more steps than this is left to decomposition: its first state alone would outnumber the data. */
const LONGEST_SEASON = 24;

/**
 * Exponential smoothing of the form with the least corrected Akaike criterion among the admissible ones; simple smoothing
 * where the series is constant or too short for any. A season needs two full periods. O(forms · iterations · n).
 * Source: Hyndman et al. (2002, 2008); R's `ets`.
 */
export function forecastAutoEts(train: Float64Array, period: number, horizon: number): Float64Array {
  const fit = selectEts(train, period);
  return fit === undefined ? forecastLevel(train, period, horizon) : continueEts(fit, horizon);
}

/** The fit that `forecastAutoEts` takes; undefined for a constant or a series of fewer than about five values. */
export function selectEts(train: Float64Array, period: number): EtsFit | undefined {
  const [first] = train;
  if (train.every((value) => value === first)) return undefined;
  const hasSeason = period > 1 && period <= LONGEST_SEASON && train.length >= 2 * period;
  let best: EtsFit | undefined;
  const isPositive = train.every((value) => value > 0);
  for (const form of admissibleForms(hasSeason, isPositive)) {
    const fit = fitEts(train, period, form);
    if (fit !== undefined && (best === undefined || fit.aicc < best.aicc)) best = fit;
  }
  return best;
}

function continueEts({ form, period, state, length }: EtsFit, horizon: number): Float64Array {
  const phi = state[PHI];
  let level = state[LEVEL];
  let trend = state[TREND];
  return Float64Array.from({ length: horizon }, (_, step) => {
    trend *= phi;
    level += trend;
    const season = state[SEASON + ((length + step) % period)];
    return form.season === "M" ? level * season : form.season === "A" ? level + season : level;
  });
}
