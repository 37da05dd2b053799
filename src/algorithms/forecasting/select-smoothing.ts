import { fitSmoothing, type SmoothingFit, type SmoothingForm } from "./fit-smoothing.ts";

/**
 * Fits every form that the series is long enough for and keeps the one of the least corrected Akaike criterion: level
 * only, damped trend, additive season, both. A season needs three full periods here. O(forms · fit).
 */
export function selectSmoothing(series: Float64Array, period: number): SmoothingFit {
  const forms: SmoothingForm[] = [{ trend: "none", period: 1 }];
  if (series.length >= 8) forms.push({ trend: "damped", period: 1 });
  if (period > 1 && series.length >= 3 * period) {
    forms.push({ trend: "none", period }, { trend: "damped", period });
  }
  return forms.map((form) => fitSmoothing(series, form)).reduce((best, fit) => (fit.aicc < best.aicc ? fit : best));
}
