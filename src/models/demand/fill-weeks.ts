const DAYS = 7;
/** A week with fewer days in stock than this says nothing; the others are taken to have sold alike. */
const LEAST_DAYS = 2;
/** Smoothing weight of what is put in place of a week that says nothing. */
const ALPHA = 0.2;

/**
 * What would have been sold with stock on all days: `daysOut` holds the days without stock of each week. A week takes nothing from those
 * after it. O(weeks).
 */
export function fillWeeks(values: Float64Array, daysOut: Uint8Array): Float64Array {
  const filled = values.slice();
  let level = Number.NaN;
  for (let week = 0; week < filled.length; week++) {
    const open = DAYS - (daysOut[week] as number);
    const value = filled[week] as number;
    if (open < LEAST_DAYS) {
      // Before any week that says something there is no level: what little was sold stands.
      if (level >= 0) filled[week] = Math.max(level, value);
      continue;
    }
    filled[week] = (value * DAYS) / open;
    level = level >= 0 ? level + ALPHA * ((filled[week] as number) - level) : (filled[week] as number);
  }
  return filled;
}
