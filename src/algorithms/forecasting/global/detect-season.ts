import type { PanelSeries } from "./panel-types.ts";

/** Whole multiples of a period that name a longer season: hours of a week, days of a year. */
const LONGER: Readonly<Record<number, number>> = { 24: 7, 48: 7, 96: 7, 7: 52 };
/** The longer season must take at least this share off the median error of the shorter. */
const MIN_GAIN = 0.1;

/**
 * The season of a pool: the period, or a longer one that its series share (168 of hourly data in days), when repeating the value of
 * the longer season one season ago is clearly nearer than repeating that of the period, over the last quarter of each series
 * that holds three longer seasons. Most of the pool must be that long. O(values).
 */
export function detectSeason(pool: readonly PanelSeries[], period: number): number {
  const longer = period * (LONGER[period] ?? 1);
  if (longer === period) return period;
  const ratios: number[] = [];
  for (const { values } of pool) {
    if (values.length < 3 * longer) continue;
    const start = Math.max(longer, Math.floor(values.length * 0.75));
    let [near, far] = [0, 0];
    for (let t = start; t < values.length; t++) {
      near += Math.abs(values[t] - values[t - period]);
      far += Math.abs(values[t] - values[t - longer]);
    }
    if (near > 0) ratios.push(far / near);
  }
  if (ratios.length * 2 < pool.length) return period;
  ratios.sort((a, b) => a - b);
  return ratios[ratios.length >> 1] < 1 - MIN_GAIN ? longer : period;
}
