import { drawRuleCurve, ruleFor, type RuleCurve } from "./rule-curve.ts";
import { classOfDemand, DEMAND_CLASSES, LEVEL_TERMS, PLAIN_RULE, STEADY, type StockRule } from "./stock-level.ts";
import { selectOutcomes, type StockOutcomes } from "./stock-outcomes.ts";
import type { StockTerms } from "./stock-terms.ts";

/** Classes of demand that are calibrated together: the group of each class, and how many groups there are. */
export interface ClassGroups {
  readonly of: Uint8Array;
  readonly count: number;
}

/** A curve of rules for each group. */
export type ClassCurves = readonly RuleCurve[];

/** Outcomes that a group needs to be told from its neighbour. */
const LEAST_OF_GROUP = 60;

/** Each class on its own where its outcomes suffice, else with the next; all in one group where the target is the assortment's. */
export function groupClasses(outcomes: StockOutcomes, { target }: StockTerms): ClassGroups {
  const of = new Uint8Array(DEMAND_CLASSES);
  if (target.scope === "assortment") return { of, count: 1 };
  const counts = new Int32Array(DEMAND_CLASSES);
  for (let at = 0; at < outcomes.count; at++) counts[classOfDemand(outcomes.described, at * LEVEL_TERMS)]++;
  let [group, held] = [0, 0];
  for (let each = 0; each < DEMAND_CLASSES; each++) {
    of[each] = group;
    held += counts[each];
    if (held >= LEAST_OF_GROUP) [group, held] = [group + 1, 0];
  }
  // What is left over at the end is too little for a group.
  const count = Math.max(1, group);
  return { of: of.map((found) => Math.min(found, count - 1)), count };
}

/**
 * A curve for each group: one chance of a shortage for steady demand and another for the rest, since the same for all serves
 * steady demand far beyond what was asked. Undefined where nothing was asked for. O(groups · cost of a curve).
 */
export function drawClassCurves(
  outcomes: StockOutcomes,
  terms: StockTerms,
  groups: ClassGroups,
): ClassCurves | undefined {
  const curves = Array.from({ length: groups.count }, (_, group) => {
    const part = groups.count === 1 ? outcomes : selectOutcomes(outcomes, (each) => groups.of[each] === group);
    return drawRuleCurve(part, terms, groups.count > 1 && group === groups.of[STEADY]);
  });
  return curves.some((curve) => curve !== undefined) ? curves.map((curve) => curve ?? UNASKED) : undefined;
}

/** Where nothing was asked for, nothing can be judged. */
const UNASKED: RuleCurve = [{ rule: PLAIN_RULE, service: 1 }];

/** Where the first steps asked for nothing, the target itself has to do. */
export function plainCurves({ count }: ClassGroups): ClassCurves {
  return Array.from({ length: count }, () => UNASKED);
}

/** The rule with which each group would have had its share. */
export function ruleForShares(curves: ClassCurves, groups: ClassGroups, shares: Float64Array): StockRule {
  if (groups.count === 1) return ruleFor(curves[0], shares[0]);
  const rule = new Float64Array(DEMAND_CLASSES * LEVEL_TERMS);
  groups.of.forEach((group, each) => rule.set(ruleFor(curves[group], shares[group]), each * LEVEL_TERMS));
  return rule;
}
