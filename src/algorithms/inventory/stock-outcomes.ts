import { demandBetween, type AssortmentPast } from "./assortment-past.ts";
import { classOfDemand, LEVEL_TERMS, stockLevel, type StockRule } from "./stock-level.ts";
import { leadTimeNodes, type StockTerms } from "./stock-terms.ts";

/** Stretches of the past: how demand was described before each, and what came, in units. */
export interface StockOutcomes {
  readonly count: number;
  readonly described: Float64Array;
  /** Most that the product's own past asks for, as it stood before the stretch. */
  readonly ceiling: Float64Array;
  readonly weight: Float64Array;
  /** Demand over the lead time, and over lead time and review. */
  readonly lead: Float64Array;
  readonly leadAndReview: Float64Array;
}

/** Stretches of each product that judge; with weekly steps half a year: great orders are rare, and few weeks miss them. */
export const ORIGINS = 26;
/** Steps that must be known before a stretch for it to judge: less says nothing about levels to come. */
export const MIN_KNOWN = 8;

/** The newest stretches that were over at the end of step `now`. O(products · origins). */
export function collectOutcomes(past: AssortmentPast, terms: StockTerms, now: number): StockOutcomes {
  const nodes = leadTimeNodes(terms);
  const most = nodes.length * Math.min(ORIGINS, past.steps) * past.products;
  const [weight, lead, leadAndReview] = [new Float64Array(most), new Float64Array(most), new Float64Array(most)];
  const [described, ceiling] = [new Float64Array(most * LEVEL_TERMS), new Float64Array(most)];
  let count = 0;
  for (const node of nodes) {
    const newest = now - Math.ceil(node.steps + terms.reviewSteps);
    const oldest = Math.max(past.from, newest - ORIGINS + 1, 0);
    for (let origin = newest; origin >= oldest; origin--) {
      for (let product = 0; product < past.products; product++) {
        const place = origin * past.products + product;
        if (past.known[place] < MIN_KNOWN) continue;
        for (let term = 0; term < LEVEL_TERMS; term++) {
          described[count * LEVEL_TERMS + term] = past.described[place * LEVEL_TERMS + term];
        }
        ceiling[count] = past.ceiling[place];
        weight[count] = node.weight;
        lead[count] = demandBetween(past, product, origin + 1, origin + 1 + node.steps);
        leadAndReview[count] = demandBetween(past, product, origin + 1, origin + 1 + node.steps + terms.reviewSteps);
        count++;
      }
    }
  }
  return {
    count,
    described: described.subarray(0, count * LEVEL_TERMS),
    ceiling: ceiling.subarray(0, count),
    weight: weight.subarray(0, count),
    lead: lead.subarray(0, count),
    leadAndReview: leadAndReview.subarray(0, count),
  };
}

/** Those whose class of demand, as it stood before the stretch, is among the given ones. O(count). */
export function selectOutcomes(all: StockOutcomes, isWanted: (demandClass: number) => boolean): StockOutcomes {
  const rows = Array.from({ length: all.count }, (_, at) => at).filter((at) =>
    isWanted(classOfDemand(all.described, at * LEVEL_TERMS)),
  );
  return pickOutcomes(all, rows);
}

/** A copy of the given rows, in the order given. O(rows). */
export function pickOutcomes(all: StockOutcomes, rows: readonly number[]): StockOutcomes {
  const pick = (values: Float64Array): Float64Array => Float64Array.from(rows, (at) => values[at]);
  const described = new Float64Array(rows.length * LEVEL_TERMS);
  rows.forEach((at, place) => {
    described.set(all.described.subarray(at * LEVEL_TERMS, (at + 1) * LEVEL_TERMS), place * LEVEL_TERMS);
  });
  const { ceiling, weight, lead, leadAndReview } = all;
  const parts = { ceiling: pick(ceiling), weight: pick(weight), lead: pick(lead), leadAndReview: pick(leadAndReview) };
  return { count: rows.length, described, ...parts };
}

/** What a rule would have achieved. With backorders (D_{L+R} − S)⁺ − (D_L − S)⁺ of D_{L+R} − D_L are missed in a cycle. O(count). */
export function serviceOf(outcomes: StockOutcomes, rule: StockRule, { target }: StockTerms): number {
  let [asked, missed] = [0, 0];
  for (let at = 0; at < outcomes.count; at++) {
    const { weight, lead, leadAndReview } = outcomes;
    const level = stockLevel(outcomes.described, at * LEVEL_TERMS, rule, outcomes.ceiling[at]);
    const over = leadAndReview[at] - level;
    if (target.kind === "cycle") {
      if (leadAndReview[at] > 0) asked += weight[at];
      if (over > 0) missed += weight[at];
    } else {
      asked += weight[at] * (leadAndReview[at] - lead[at]);
      missed += weight[at] * (Math.max(0, over) - Math.max(0, lead[at] - level));
    }
  }
  return asked === 0 ? Number.NaN : 1 - missed / asked;
}
