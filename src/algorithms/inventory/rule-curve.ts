import { fitLevelRules } from "./fit-level-rules.ts";
import { LEVEL_TERMS, type StockRule } from "./stock-level.ts";
import { serviceOf, type StockOutcomes } from "./stock-outcomes.ts";
import type { StockTerms } from "./stock-terms.ts";

/** Rules from little to much stock, with the service each would have given; a share between two is a mix of both. */
export type RuleCurve = readonly { readonly service: number; readonly rule: StockRule }[];

/** Chances of a shortage that are fitted, as parts of what may be missed: units are missed in fewer stretches than are short. */
const PARTS = [2.5, 1.6, 1, 0.65, 0.42, 0.27, 0.17, 0.1, 0.05];
const HIGHEST_CHANCE = 0.7;
/** Those of steady demand, which misses few units though it is often short. */
const STEADY_CHANCES = [0.9, 0.75, 0.6, 0.45, 0.33, 0.24, 0.17, 0.12, 0.08, 0.05, 0.03, 0.018, 0.01, 0.005];
/** Fewer outcomes cannot tell the shape of a rule, only how much of the yardstick it needs. */
const LEAST_FOR_SHAPE = 400;
const FACTORS = [-1, -0.5, 0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5, 7, 10, 15, 25, 50, 100];

/** The curve over given outcomes, of steady demand or of all other; undefined where nothing was asked for. O(points · cost of a fit). */
export function drawRuleCurve(outcomes: StockOutcomes, terms: StockTerms, isSteady: boolean): RuleCurve | undefined {
  const missed = 1 - terms.target.share;
  const chances = isSteady ? STEADY_CHANCES : PARTS.map((part) => Math.min(HIGHEST_CHANCE, part * missed));
  const rules =
    outcomes.count >= LEAST_FOR_SHAPE
      ? fitLevelRules(
          outcomes,
          chances.map((chance) => 1 - chance),
        )
      : FACTORS.map(scaleYardstick);
  const curve = rules.map((rule) => ({ rule, service: serviceOf(outcomes, rule, terms) }));
  return Number.isNaN(curve[0].service) ? undefined : curve;
}

/** The rule with which the outcomes would have had the given service. O(points). */
export function ruleFor(curve: RuleCurve, service: number): StockRule {
  const above = curve.findIndex((point) => point.service >= service);
  if (above <= 0) return curve[above === 0 ? 0 : curve.length - 1].rule;
  const [low, high] = [curve[above - 1], curve[above]];
  const share = (service - low.service) / (high.service - low.service);
  return low.rule.map((weight, term) => weight + share * (high.rule[term] - weight));
}

function scaleYardstick(factor: number): StockRule {
  const rule = new Float64Array(LEVEL_TERMS);
  rule[2] = 1;
  rule[3] = factor;
  return rule;
}
