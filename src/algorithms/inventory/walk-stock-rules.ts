import { requireAtLeast, requireShare } from "../require-numbers.ts";
import { layOutPast } from "./assortment-past.ts";
import { type ClassCurves, drawClassCurves, groupClasses, plainCurves, ruleForShares } from "./class-curves.ts";
import { boundShares, proveShares, type ReplaySpan } from "./prove-share.ts";
import {
  type AssortmentStock,
  openStock,
  orderUpInPlace,
  type ServedUnits,
  serveStepInPlace,
  tallyNothing,
} from "./replay-assortment.ts";
import type { StockRule } from "./stock-level.ts";
import { collectOutcomes, MIN_KNOWN, ORIGINS } from "./stock-outcomes.ts";
import { leadTimeNodes, listLeadTimes, type StockTerms } from "./stock-terms.ts";

/** The rule in force from the review at the end of a step; steps count from the end of the histories, 0 for the last. */
export interface ReviewRule {
  readonly stepsAgo: number;
  readonly rule: StockRule;
}

/** Steps of the newest past in which shares asked of the curve are proved by replay: the short one sees drift, the long one great orders. */
const PROOF_STEPS = [8, 26] as const;
/** Reviews for which a curve is good before it is drawn again. */
const CURVE_REVIEWS = 4;
/** What a review missed or gave too much moves the share by so much of it, and so much of that stays from review to review. */
const MOST_GAIN = 0.15;
/** The gain for each part that may be missed: near full service a little more share is a lot more stock. */
const GAIN_OF_MISSED = 0.75;
const KEPT = 0.9;
/** An assortment beyond this is calibrated on an even sample of it. */
const MAX_PRODUCTS = 4000;
/** Stretches that must have ended before the first curve. */
const FIRST_ORIGINS = 3;

/**
 * The rules of `stockLevel` that an assortment would have worked with at its newest reviews, each made from what was known
 * then, so that each group of classes of demand (one group where the target is the assortment's) meets its target with as little
 * stock as it can.
 *
 * Three steps at each review. A curve of rules (see drawClassCurves) has the same chance of a shortage for every product of a
 * group. The share asked of it is the mean of those with which replays of the last 8 and 26 steps, stock carried over, met the
 * target. What the walk itself has since given too much or too little moves that share (a leaky integral), so that drift the
 * past did not show is followed. The last two need a fill target and whole steps; else the share asked is the target.
 *
 * Input: demand a step of each product, oldest first; `expect`, the expected demand a step seen from the end of a given
 * beginning of a history; terms; how many reviews to walk. Output: oldest review first, the last made from all that is known;
 * empty where no history is long enough to judge. O(products · (reviews · 340 + curves · quantiles · 30)).
 * Errors: negative terms, a share outside (0, 1).
 * Source: Ban and Rudin (2019) for the rules; Gibbs and Candès (2021), adaptive conformal inference, for the feedback.
 */
export function walkStockRules(
  histories: readonly Float64Array[],
  expect: (known: Float64Array) => number,
  terms: StockTerms,
  reviews: number,
): ReviewRule[] {
  requireAtLeast(terms.leadTimeSteps, 0, "leadTimeSteps");
  requireAtLeast(terms.leadTimeDeviationSteps, 0, "leadTimeDeviationSteps");
  requireAtLeast(terms.reviewSteps, Number.MIN_VALUE, "reviewSteps");
  requireShare(terms.target.share, "share");
  const stride = Math.max(1, Math.ceil(histories.length / MAX_PRODUCTS));
  const sample = histories.filter((_, at) => at % stride === 0);
  const span = measureSpan(terms);
  const past = layOutPast(sample, expect, terms, reviews * span.review + span.before);
  const first = Math.max(past.from, MIN_KNOWN - 1) + span.protection + FIRST_ORIGINS - 1;
  const last = past.steps - 1;
  if (last < first) return [];
  const begin = last - Math.min(reviews - 1, Math.floor((last - first) / span.review)) * span.review;

  const curves = new Map<number, ClassCurves | undefined>();
  const placeOf = (step: number): number => step - ((step - first) % (CURVE_REVIEWS * span.review));
  const groups = groupClasses(collectOutcomes(past, terms, placeOf(begin)), terms);
  const plain = plainCurves(groups);
  const curvesAt = (step: number): ClassCurves => {
    const drawnAt = placeOf(step);
    if (!curves.has(drawnAt)) {
      curves.set(drawnAt, drawClassCurves(collectOutcomes(past, terms, drawnAt), terms, groups));
    }
    return curves.get(drawnAt) ?? plain;
  };

  const isReplayed = terms.target.kind === "fill" && isWhole(terms.reviewSteps) && isWhole(terms.leadTimeSteps);
  const target = terms.target.share;
  const { lowest, highest } = boundShares(target);
  const rules: ReviewRule[] = [];
  let stock: AssortmentStock | undefined;
  const moved = new Float64Array(groups.count);
  for (let step = begin; step <= last; step += span.review) {
    let shares = new Float64Array(groups.count).fill(target);
    if (isReplayed) {
      if (stock !== undefined) {
        const tally = tallyNothing(groups);
        for (let t = step - span.review + 1; t <= step; t++) serveStepInPlace(past, stock, t, tally);
        // Stock that was opened at its levels serves too well until its first orders are in.
        if (step > begin + span.warmUp) feedBackInPlace(moved, tally, target);
      }
      const proved = span.proofs.map((proof) =>
        proveShares(past, terms, { ...span, proof }, groups, curvesAt, first, step),
      );
      shares = moved.map((by, group) => by + proved.reduce((sum, each) => sum + each[group], 0) / proved.length);
    }
    shares = shares.map((share) => Math.min(highest, Math.max(lowest, share)));
    const rule = ruleForShares(curvesAt(step), groups, shares);
    stock ??= openStock(past, terms, step, rule, groups);
    if (isReplayed) orderUpInPlace(past, stock, terms, step, rule, groups);
    rules.push({ stepsAgo: last - step, rule });
  }
  return [...curves.values()].some((each) => each !== undefined) ? rules : [];
}

/** A leaky integral of what each group was given too little, near full service in smaller steps. */
function feedBackInPlace(moved: Float64Array, { demand, served }: ServedUnits, target: number): void {
  const gain = Math.min(MOST_GAIN, GAIN_OF_MISSED * (1 - target));
  demand.forEach((asked, group) => {
    if (asked > 0) moved[group] = KEPT * moved[group] + gain * (target - served[group] / asked);
  });
}

interface WalkSpan extends Omit<ReplaySpan, "proof"> {
  readonly proofs: readonly number[];
  readonly protection: number;
  /** Steps before the first review that are described. */
  readonly before: number;
}

function measureSpan(terms: StockTerms): WalkSpan {
  const review = Math.max(1, Math.round(terms.reviewSteps));
  const longest = Math.max(...leadTimeNodes(terms).map(({ steps }) => steps), ...listLeadTimes(terms));
  const protection = Math.ceil(longest + terms.reviewSteps);
  const warmUp = Math.ceil(protection / review) * review;
  const proofs = PROOF_STEPS.map((steps) => Math.ceil(Math.max(steps, 2 * review) / review) * review);
  return { review, protection, warmUp, proofs, before: warmUp + Math.max(...proofs) + protection + ORIGINS };
}

function isWhole(steps: number): boolean {
  return Math.abs(steps - Math.round(steps)) < 1e-9;
}
