import { drawRuleCurve, ruleFor, type RuleCurve, serviceAt } from "./rule-curve.ts";
import { classOfDemand, DEMAND_CLASSES, LEVEL_TERMS, PLAIN_RULE, STEADY, type StockRule } from "./stock-level.ts";
import { selectOutcomes, type StockOutcomes, sumAsked } from "./stock-outcomes.ts";
import type { StockTerms } from "./stock-terms.ts";

/** Classes of demand that are calibrated together: the group of each class, and how many groups there are. */
export interface ClassGroups {
  readonly of: Uint8Array;
  readonly count: number;
}

/** A curve of rules and a target for each group. */
export interface ClassCurves {
  readonly curves: readonly RuleCurve[];
  readonly targets: Float64Array;
}

/** Outcomes that a group needs to be told from its neighbour. */
const LEAST_OF_GROUP = 60;
/** How far the target of a group that is not steady is moved from the one asked to what one chance of a shortage for all would give it. */
const SHARED = 0.5;
const HALVINGS = 40;

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
 * A curve for each group, and its target. The steadiest keeps the one asked. The others meet halfway between it and the service
 * they would have if every product had the same chance of a shortage, at which all together meet it: the same target for all
 * buys a lot of stock for erratic demand, the same chance serves steady demand far beyond what was asked.
 * Undefined where nothing was asked for. O(groups · cost of a curve).
 */
export function drawClassCurves(
  outcomes: StockOutcomes,
  terms: StockTerms,
  groups: ClassGroups,
): ClassCurves | undefined {
  const { share } = terms.target;
  if (groups.count === 1) {
    const curve = drawRuleCurve(outcomes, terms, false);
    return curve && { curves: [curve], targets: Float64Array.of(share) };
  }
  const parts = Array.from({ length: groups.count }, (_, group) =>
    selectOutcomes(outcomes, (each) => groups.of[each] === group),
  );
  const asked = parts.map(sumAsked);
  const total = asked.reduce((sum, units) => sum + units, 0);
  if (!(total > 0)) return undefined;
  const curves = parts.map((part) => drawRuleCurve(part, terms, true) ?? UNASKED);
  const serviceOfAll = (chance: number): number =>
    curves.reduce((sum, curve, group) => sum + asked[group] * serviceAt(curve, chance), 0) / total;
  let [low, high] = [0, 1];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (serviceOfAll(middle) < share) high = middle;
    else low = middle;
  }
  const targets = Float64Array.from(curves, (curve, group) =>
    group === groups.of[STEADY] ? share : share + SHARED * (serviceAt(curve, low) - share),
  );
  return { curves, targets };
}

/** Where nothing was asked for, nothing can be judged. */
const UNASKED: RuleCurve = [{ rule: PLAIN_RULE, service: 1, chance: 0 }];

/** Where the first steps asked for nothing, the target itself has to do. */
export function plainCurves({ count }: ClassGroups, { target }: StockTerms): ClassCurves {
  return { curves: Array.from({ length: count }, () => UNASKED), targets: new Float64Array(count).fill(target.share) };
}

/** The rule with which each group would have had its share. */
export function ruleForShares({ curves }: ClassCurves, groups: ClassGroups, shares: Float64Array): StockRule {
  if (groups.count === 1) return ruleFor(curves[0], shares[0]);
  const rule = new Float64Array(DEMAND_CLASSES * LEVEL_TERMS);
  groups.of.forEach((group, each) => rule.set(ruleFor(curves[group], shares[group]), each * LEVEL_TERMS));
  return rule;
}
