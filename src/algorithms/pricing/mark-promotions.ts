/** Periods before whose median is the usual price, and the fewest that tell one. */
const USUAL_PERIODS = 13;
const LEAST_PERIODS = 4;
/** A price so far below the usual one is a promotion, until it has become usual itself. */
export const PROMOTION_CUT = 0.1;

/**
 * 1 in periods whose price lies a tenth or more below the median of the 13 before, else 0: promotions, where nobody recorded
 * them. Nothing later enters. Input: prices above 0, oldest first. O(periods · 13 log 13).
 */
export function markPromotions(price: Float64Array): Float64Array {
  const marks = new Float64Array(price.length);
  for (let period = LEAST_PERIODS; period < price.length; period++) {
    const from = Math.max(0, period - USUAL_PERIODS);
    // Not a tenth below the highest, so not below the median: nearly always, and cheap to see.
    let highest = 0;
    for (let at = from; at < period; at++) if (price[at] > highest) highest = price[at];
    if (price[period] > (1 - PROMOTION_CUT) * highest) continue;
    const before = price.slice(from, period).sort();
    const middle = before.length >> 1;
    const usual = before.length % 2 === 1 ? before[middle] : (before[middle - 1] + before[middle]) / 2;
    if (price[period] <= (1 - PROMOTION_CUT) * usual) marks[period] = 1;
  }
  return marks;
}
