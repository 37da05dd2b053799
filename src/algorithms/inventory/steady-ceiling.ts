import { normalQuantile } from "../normal-distribution.ts";
import { varianceOf, type DemandSums } from "./stock-level.ts";
import { leadTimeNodes, type StockTerms } from "./stock-terms.ts";

/** Demand whose deviation over the protection time is beyond so much of what is expected is not bounded by its own past. */
const MOST_DEVIATION = 0.5;
/** Stretches of its own that a product needs to speak for itself. */
const LEAST_STRETCHES = 24;
/** What the ceiling itself may miss of the product's own past, as a part of what the target may. */
const PART_OF_MISSED = 0.15;
/** The safety above what is expected, times this: the past of one product is short. */
const MARGIN = 1.3;
const HALVINGS = 12;

/**
 * The most that a steady product needs by its own past: the level that would have missed PART_OF_MISSED of what the target may
 * miss over all its stretches of (the longest) lead time and review, each scaled to the demand expected now, with a margin; never less than mean + z·σ at the
 * target, of which a short past may fall short.
 * One chance of a shortage for a whole assortment asks even steady products to stand ready for great orders that others
 * get; where a product's own past has none, that is a multiple of what it needs.
 *
 * Input: the history, of which `known` are known, whose steps from the first on count; demand expected over lead time and review.
 * Output: units; Infinity where demand is not steady or too short to say. O(12 · known).
 */
export function steadyCeiling(history: Float64Array, known: DemandSums, expected: number, terms: StockTerms): number {
  const protection = terms.leadTimeSteps + terms.reviewSteps;
  const longest = Math.max(...leadTimeNodes(terms).map(({ steps }) => steps));
  const stretches = known.count - Math.ceil(longest + terms.reviewSteps) + 1;
  if (stretches < LEAST_STRETCHES || !(expected > 0 && known.sum > 0)) return Infinity;
  const deviation = Math.sqrt(varianceOf(known) * protection);
  if (deviation > MOST_DEVIATION * expected) return Infinity;
  const scale = expected / protection / (known.sum / known.count);
  const lead = sumStretches(history, longest, stretches);
  const leadAndReview = sumStretches(history, longest + terms.reviewSteps, stretches);
  const mayMiss = PART_OF_MISSED * (1 - terms.target.share) * countAsked(lead, leadAndReview, terms);
  let [low, high] = [0, leadAndReview.reduce((most, units) => Math.max(most, units), 0)];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (countMissed(lead, leadAndReview, middle, terms) > mayMiss) low = middle;
    else high = middle;
  }
  const plain = (expected * (longest + terms.reviewSteps)) / protection;
  const own = MARGIN * Math.max(0, high * scale - plain);
  const textbook = normalQuantile(terms.target.share) * deviation;
  return plain + Math.max(own, textbook);
}

/** Demand of the first `count` stretches of so many steps; within a step it counts as even. */
function sumStretches(history: Float64Array, steps: number, count: number): Float64Array {
  const whole = Math.floor(steps);
  const rest = steps - whole;
  const sums = new Float64Array(count);
  let sum = 0;
  for (let t = 0; t < whole; t++) sum += history[t];
  for (let begin = 0; begin < count; begin++) {
    sums[begin] = rest > 0 ? sum + rest * history[begin + whole] : sum;
    if (whole > 0) sum += (history[begin + whole] ?? 0) - history[begin];
  }
  return sums;
}

/** Units, or stretches with demand, that could be missed. */
function countAsked(lead: Float64Array, leadAndReview: Float64Array, { target }: StockTerms): number {
  let asked = 0;
  for (let at = 0; at < lead.length; at++) {
    asked += target.kind === "fill" ? leadAndReview[at] - lead[at] : Number(leadAndReview[at] > 0);
  }
  return asked;
}

function countMissed(lead: Float64Array, leadAndReview: Float64Array, level: number, { target }: StockTerms): number {
  let missed = 0;
  for (let at = 0; at < lead.length; at++) {
    const over = Math.max(0, leadAndReview[at] - level);
    missed += target.kind === "fill" ? over - Math.max(0, lead[at] - level) : Number(over > 0);
  }
  return missed;
}
