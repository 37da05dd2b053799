import type { AssortmentPast } from "./assortment-past.ts";
import { openStock, orderUpInPlace, serveStepInPlace } from "./replay-assortment.ts";
import { ruleFor, type RuleCurve } from "./rule-curve.ts";
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
 * The share to ask of the curves so that the replay of the steps up to `now`, stock carried over from review to review, meets
 * the target: stock above a level that fell, and orders in whole units, serve more than levels alone say.
 * `curveAt` gives the curve in force at a step, `first` is the first that has one. O(10 · steps · products).
 */
export function proveShare(
  past: AssortmentPast,
  terms: StockTerms,
  span: ReplaySpan,
  curveAt: (step: number) => RuleCurve,
  first: number,
  now: number,
): number {
  const room = Math.floor((now - first) / span.review) * span.review;
  const begin = now - Math.min(room, span.warmUp + span.proof);
  const counted = begin + span.warmUp;
  if (counted >= now) return terms.target.share;
  const { lowest, highest } = boundShares(terms.target.share);
  let [low, high] = [lowest, highest];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    const stock = openStock(past, terms, begin, ruleFor(curveAt(begin), middle));
    let [demand, served] = [0, 0];
    for (let step = begin + 1; step <= now; step++) {
      const figures = serveStepInPlace(past, stock, step);
      if (step > counted) {
        demand += figures.demand;
        served += figures.served;
      }
      const isReview = (now - step) % span.review === 0;
      if (isReview) orderUpInPlace(past, stock, terms, step, ruleFor(curveAt(step), middle));
    }
    if (demand === 0) return terms.target.share;
    if (served < terms.target.share * demand) low = middle;
    else high = middle;
  }
  return high;
}
