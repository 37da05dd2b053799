import type { ModelOutcome } from "../model.ts";
import {
  compareCases,
  type Comparison,
  type DayBacktest,
  placeOf,
  type TestCase,
  type WeekBacktest,
} from "./backtest-demand.ts";
import { classifyDemand, DEMAND_CLASSES } from "./demand-classes.ts";
import { type DemandSeries, levelOf, SERIES_LEVELS } from "./demand-series.ts";

const GATE_RULE =
  "On the last 13 weeks (products, markets that sell seldom) and the last six times 28 days (other markets), each unseen by " +
  "its forecast: the weighted absolute error is below those of the naive and of the seasonal naive forecast.";
const UNMEASURED_RULE =
  "Too little history to measure: the mean of recent weeks and simple smoothing, named in each answer.";

/**
 * Figures for the model card. `week` and `day` are the series as they are published, and pass the gate; beside them the weeks of each
 * level of addition, and of products in a market by class of demand. The baseline holds the same of `Naive`, `SeasonalNaive` and `Plain`.
 */
export function summariseBacktests(
  weekTest: WeekBacktest,
  dayTest: DayBacktest,
  days: readonly DemandSeries[],
  counts: Readonly<Record<string, number>>,
): Pick<ModelOutcome["card"], "metrics" | "baseline" | "gate"> {
  const metrics: Record<string, number> = { ...counts };
  const baseline: Record<string, number> = {};
  const add = (label: string, compared: Comparison | undefined): Comparison | undefined => {
    if (compared === undefined) return undefined;
    metrics[`${label}Series`] = compared.series;
    for (const [name, value] of Object.entries(compared.model)) metrics[label + capitalise(name)] = value;
    for (const rival of ["naive", "seasonalNaive", "plain"] as const) {
      for (const [name, value] of Object.entries(compared[rival])) {
        baseline[label + capitalise(rival) + capitalise(name)] = value;
      }
    }
    return compared;
  };
  const isDaily = new Set(days.map(placeOf));
  const weekly = weekTest.cases.filter(({ known }) => known.product !== "" || !isDaily.has(placeOf(known)));
  const gates = [add("week", compareCases(weekly, "week")), add("day", compareCases(dayTest.cases, "day"))];
  for (const level of SERIES_LEVELS) {
    add(level, compareWeeks(weekTest.cases.filter(({ known }) => levelOf(known) === level)));
  }
  const products = weekTest.cases.filter(({ known }) => levelOf(known) === "productMarket");
  for (const name of DEMAND_CLASSES) {
    add(name, compareWeeks(products.filter(({ known }) => classifyDemand(known.values) === name)));
  }
  const measured = gates.filter((compared) => compared !== undefined);
  return {
    metrics,
    baseline,
    gate: { rule: measured.length > 0 ? GATE_RULE : UNMEASURED_RULE, passed: measured.every(isBetter) },
  };
}

/** Levels have one series at the top: any number of cases is told. */
function compareWeeks(cases: readonly TestCase[]): Comparison | undefined {
  return cases.length === 0 ? undefined : compareCases(cases, "week", 1);
}

function isBetter({ model, naive, seasonalNaive }: Comparison): boolean {
  return (model["wape"] as number) < Math.min(naive["wape"] as number, seasonalNaive["wape"] as number);
}

function capitalise(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
