/** Error, trend and season of an exponential smoothing model: none, additive, additive damped, multiplicative. */
export interface EtsForm {
  readonly error: "A" | "M";
  readonly trend: "N" | "A" | "Ad";
  readonly season: "N" | "A" | "M";
}

/**
 * The forms that automatic selection may try: no multiplicative trend, no additive error with multiplicative season (its
 * variance is unbounded), and nothing multiplicative unless all values are above 0. Source: R's `ets` with `restrict`.
 */
export function admissibleForms(hasSeason: boolean, isPositive: boolean): EtsForm[] {
  const forms: EtsForm[] = [];
  for (const error of isPositive ? (["A", "M"] as const) : (["A"] as const)) {
    for (const trend of ["N", "A", "Ad"] as const) {
      forms.push({ error, trend, season: "N" });
      if (!hasSeason) continue;
      forms.push({ error, trend, season: "A" });
      if (error === "M") forms.push({ error, trend, season: "M" });
    }
  }
  return forms;
}
