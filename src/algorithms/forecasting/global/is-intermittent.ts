/** A series sells in so few steps that it counts as intermittent: mean steps between sales, Syntetos and Boylan (2005). */
const INTERMITTENT_INTERVAL = 1.32;
/** Periods without a value that are a closure, not rare demand. */
const CLOSURE_PERIODS = 4;

/**
 * Whether a series has values in so few of its steps that it is forecast as rare demand. The longest spell of zeros is left out where it is longer
 * than four periods: a shop that was closed for half a year sells no more rarely on the other days. O(n).
 */
export function isIntermittent(values: Float64Array, period: number): boolean {
  let [sales, spell, longest] = [0, 0, 0];
  for (const value of values) {
    spell = value === 0 ? spell + 1 : 0;
    if (value !== 0) sales++;
    else if (spell > longest) longest = spell;
  }
  const closed = period > 1 && longest > CLOSURE_PERIODS * period ? longest : 0;
  return values.length - closed > INTERMITTENT_INTERVAL * sales;
}
