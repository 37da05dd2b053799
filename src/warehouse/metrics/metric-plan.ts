import { divide, parseFormula } from "./formula.ts";
import type { Metric, MetricCatalogue, SimpleMetric } from "./metric.ts";

/** One aggregate to compute: a simple metric, perhaps under the filter of a ratio it is part of. */
export interface Component {
  readonly key: string;
  readonly metric: SimpleMetric;
  /** All conditions on its rows. */
  readonly conditions: readonly string[];
}

/** A metric taken apart into aggregates, and how to put their values together again. */
export interface MetricPlan {
  readonly metric: Metric;
  readonly components: readonly Component[];
  evaluate(valueOf: (component: Component) => number | null): number | null;
}

/**
 * Takes a metric of a checked catalogue apart; ratios and formulas are computed from their parts at the queried grain.
 * `above` are the conditions of the ratios it is part of.
 */
export function planMetric(metric: Metric, catalogue: MetricCatalogue, above: readonly string[] = []): MetricPlan {
  const own = metric.type !== "derived" && metric.filter !== undefined ? [metric.filter] : [];
  const conditions = [...above, ...own];
  if (metric.type === "simple") {
    const component: Component = { key: [metric.name, ...above].join("|"), metric, conditions };
    return { metric, components: [component], evaluate: (valueOf) => valueOf(component) };
  }
  const planPart = (name: string): MetricPlan => {
    const part = catalogue.metrics.get(name);
    if (part === undefined) throw new Error(`Metric ${metric.name} names ${name}, which the catalogue lacks.`);
    return planMetric(part, catalogue, conditions);
  };
  if (metric.type === "ratio") {
    const numerator = planPart(metric.numerator);
    const denominator = planPart(metric.denominator);
    return {
      metric,
      components: [...numerator.components, ...denominator.components],
      evaluate: (valueOf) => {
        const part = numerator.evaluate(valueOf);
        const whole = denominator.evaluate(valueOf);
        return part === null || whole === null ? null : divide(part, whole);
      },
    };
  }
  const formula = parseFormula(metric.expression);
  const parts = new Map(formula.names.map((name) => [name, planPart(name)]));
  return {
    metric,
    components: [...parts.values()].flatMap((part) => part.components),
    evaluate: (valueOf) => formula.evaluate((name) => parts.get(name)?.evaluate(valueOf) ?? null),
  };
}
