import type { AssortmentPast } from "./assortment-past.ts";
import { type ClassCurves, type ClassGroups, ruleForShares } from "./class-curves.ts";
import { openStock, orderUpInPlace, serveStepInPlace, tallyNothing } from "./replay-assortment.ts";
import type { StockTerms } from "./stock-terms.ts";

/** Steps of a replay: reviews every `review` steps, the last at the end; the first `warmUp` steps do not count. */
export interface ReplaySpan {
  readonly review: number;
  readonly warmUp: number;
  readonly proof: number;
}

/** The shares that may be asked of a curve: a third to thrice of what may be missed. */
export function boundShares(target: number): { readonly lowest: number; readonly highest: number } {
  return { lowest: Math.max(0.3, 1 - 3 * (1 - target)), highest: 1 - (1 - target) / 3 };
}

const HALVINGS = 10;

/**
 * The share to ask of each group's curves so that the replay of the steps up to `now`, stock carried over from review to
 * review, meets the target in each: stock above a level that fell, and orders in whole units, serve more than levels alone say.
 * `curvesAt` gives the curves in force at a step, `first` is the first that has some. All groups are halved at once: a product
 * that changes its class in between moves a little from one to the other. O(10 · steps · products).
 */
export function proveShares(
  past: AssortmentPast,
  terms: StockTerms,
  span: ReplaySpan,
  groups: ClassGroups,
  curvesAt: (step: number) => ClassCurves,
  first: number,
  now: number,
): Float64Array {
  const target = terms.target.share;
  const targets = new Float64Array(groups.count).fill(target);
  const room = Math.floor((now - first) / span.review) * span.review;
  const begin = now - Math.min(room, span.warmUp + span.proof);
  const counted = begin + span.warmUp;
  if (counted >= now) return targets;
  const { lowest, highest } = boundShares(target);
  const [low, high] = [targets.map(() => lowest), targets.map(() => highest)];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = low.map((bound, group) => (bound + high[group]) / 2);
    const stock = openStock(past, terms, begin, ruleForShares(curvesAt(begin), groups, middle), groups);
    const [warming, tally] = [tallyNothing(groups), tallyNothing(groups)];
    for (let step = begin + 1; step <= now; step++) {
      serveStepInPlace(past, stock, step, step > counted ? tally : warming);
      const isReview = (now - step) % span.review === 0;
      if (isReview) orderUpInPlace(past, stock, terms, step, ruleForShares(curvesAt(step), groups, middle), groups);
    }
    tally.demand.forEach((asked, group) => {
      const served = tally.served[group];
      if (asked === 0) low[group] = high[group] = target;
      else if (served < target * asked) low[group] = middle[group];
      else high[group] = middle[group];
    });
  }
  return high;
}
