import { fail } from "../../core/errors.ts";
import { requireAtLeast } from "../require-numbers.ts";

/** What one market can do with units: equally likely outcomes of its demand, and what serving a unit is worth. */
export interface MarketDemand {
  /** Ascending, in units. */
  readonly outcomes: Float64Array;
  /** Contribution margin of a unit served, after landed cost. */
  readonly margin: number;
  /** Units it gets before any sharing, e.g. promised ones. */
  readonly minimum: number;
}

/**
 * Shares scarce stock between markets so that expected margin is largest. The next unit goes where margin × P(demand
 * exceeds what is there already) is greatest; that gain falls with every unit, so the greedy choice is the optimum.
 *
 * Input: whole units to share. Output: whole units a market, their sum at most `units`: what no market can sell at a gain
 * stays. O(units × markets × log outcomes). Errors: minima above the stock.
 * Source: Ibaraki and Katoh, "Resource Allocation Problems" (1988), greedy for separable concave objectives.
 */
export function allocateStock(units: number, markets: readonly MarketDemand[]): Float64Array {
  requireAtLeast(units, 0, "units");
  const given = Float64Array.from(markets, ({ minimum }) => minimum);
  let left = Math.floor(units) - given.reduce((sum, minimum) => sum + minimum, 0);
  if (left < 0) {
    throw fail("ALGORITHM_INPUT_INVALID", `The minima of the markets exceed the ${units} units there are; lower them.`);
  }
  for (; left >= 1; left--) {
    let best = -1;
    let bestGain = 0;
    markets.forEach((market, at) => {
      const gain = market.margin * shareAbove(market.outcomes, given[at]);
      if (gain > bestGain) [best, bestGain] = [at, gain];
    });
    if (best < 0) break;
    given[best]++;
  }
  return given;
}

/** P(D > level) over ascending outcomes, by bisection. */
function shareAbove(outcomes: Float64Array, level: number): number {
  let [low, high] = [0, outcomes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (outcomes[middle] > level) high = middle;
    else low = middle + 1;
  }
  return outcomes.length === 0 ? 0 : (outcomes.length - low) / outcomes.length;
}
