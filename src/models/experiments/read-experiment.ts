import { adjustByCovariate } from "../../algorithms/experiments/adjust-by-covariate.ts";
import { checkSampleRatio } from "../../algorithms/experiments/check-sample-ratio.ts";
import { compareMeans, type DifferenceInterval } from "../../algorithms/experiments/compare-means.ts";
import { compareProportions } from "../../algorithms/experiments/compare-proportions.ts";
import { estimatePolicyValue, type PolicyValue } from "../../algorithms/experiments/estimate-policy-value.ts";
import type { OpenRelease } from "../../warehouse/release-reader.ts";
import { readSql } from "../../warehouse/read-sql.ts";
import { requireMart } from "../require-mart.ts";
import type { Experiment } from "./experiment.ts";
import { type CandidateValue, valueCandidates } from "./value-candidates.ts";

const MART = "mart_experiment_visitor";
const CANDIDATES = "mart_experiment_candidate";

/** Money is in minor units of `currency`, a visitor; intervals are of 95 %. */
export interface VariantFigures {
  readonly variant: string;
  readonly visitors: number;
  readonly lists: number;
  readonly impressions: number;
  readonly clicks: number;
  readonly buyers: number;
  readonly orders: number;
  readonly revenuePerVisitor: number;
  /** Over the goods whose cost is known; null where none is. */
  readonly marginPerVisitor: number | null;
  /** Of the sales, how much of the amount has a known cost; null without sales. */
  readonly costedShare: number | null;
  /** Revenue a visitor would bring were all given this variant, from propensities; null without visitors. */
  readonly offPolicyRevenue: PolicyValue | null;
}

/** A variant less the first one; null where a side has fewer than two visitors. */
export interface VariantDifference {
  readonly variant: string;
  readonly buyers: DifferenceInterval | null;
  readonly revenue: DifferenceInterval | null;
  readonly margin: DifferenceInterval | null;
  /** The same three with what the four weeks before foretold taken out (CUPED). */
  readonly buyersAdjusted: DifferenceInterval | null;
  readonly revenueAdjusted: DifferenceInterval | null;
  readonly marginAdjusted: DifferenceInterval | null;
}

export interface ExperimentReadOut {
  readonly currency: string | null;
  readonly variants: readonly VariantFigures[];
  readonly against: string;
  readonly differences: readonly VariantDifference[];
  /** Ways to recommend that are not live, by what exploration has shown. */
  readonly candidates: readonly CandidateValue[];
  /** Share of the variance that the weeks before explain. */
  readonly varianceExplained: { readonly revenue: number; readonly margin: number; readonly buyers: number };
  readonly sampleRatio: { readonly chiSquare: number; readonly pValue: number; readonly warning: string | null };
  /** Left out: customers that were shown several variants, or one that the experiment does not state. */
  readonly leftOut: number;
}

interface VisitorRow {
  readonly variant_id: string;
  readonly propensity: number;
  readonly is_mixed: boolean;
  readonly list_count: number;
  readonly item_count: number;
  readonly click_count: number;
  readonly order_count: number;
  readonly revenue_minor: number;
  readonly margin_minor: number;
  readonly sold_minor: number;
  readonly costed_minor: number;
  readonly before_order_count: number;
  readonly before_minor: number;
  readonly before_margin_minor: number;
  readonly currency: string | null;
}

/** Counted as planned unless chance alone strays so far this seldom. */
const MISMATCH = 0.001;

/**
 * What an experiment has shown so far: figures a variant and differences to the first one, from a release's marts. One query;
 * O(visitors) time and memory. Stores of several currencies are not added up: `currency` is then null and money means nothing
 * across them, so an experiment should stay within one. Throws `MODEL_NOT_PUBLISHED` on a release of an earlier version.
 */
export async function readExperiment(
  tables: Pick<OpenRelease, "rows" | "id" | "manifest">,
  experiment: Experiment,
): Promise<ExperimentReadOut> {
  requireMart(tables, MART);
  if ((experiment.candidates ?? []).length > 0) requireMart(tables, CANDIDATES);
  const rows = await tables.rows<VisitorRow>(readSql("models/experiments/list_visitors"), {
    experiment: experiment.id,
  });
  const ids = experiment.variants.map(({ id }) => id);
  const counted = rows.filter(({ is_mixed, variant_id }) => !is_mixed && ids.includes(variant_id));
  const adjust = (outcome: (row: VisitorRow) => number, covariate: (row: VisitorRow) => number) =>
    adjustByCovariate(counted.map(outcome), counted.map(covariate));
  const adjusted = {
    revenue: adjust(
      (row) => row.revenue_minor,
      (row) => row.before_minor,
    ),
    margin: adjust(
      (row) => row.margin_minor,
      (row) => row.before_margin_minor,
    ),
    buyers: adjust(isBuyer, (row) => row.before_order_count),
  };
  const groups = ids.map((id) => collect(id, counted, adjusted));
  const [control, ...others] = groups;
  const currencies = new Set(counted.map(({ currency }) => currency));
  return {
    currency: currencies.size === 1 ? ([...currencies][0] ?? null) : null,
    variants: groups.map((group) => describe(group, counted)),
    against: ids[0] ?? "",
    differences: control === undefined ? [] : others.map((group) => compare(control, group)),
    candidates: await valueCandidates(tables, experiment),
    varianceExplained: {
      revenue: adjusted.revenue.explained,
      margin: adjusted.margin.explained,
      buyers: adjusted.buyers.explained,
    },
    sampleRatio: judgeRatio(groups, experiment),
    leftOut: rows.length - counted.length,
  };
}

/** 1 for who ordered, else 0. */
function isBuyer(row: VisitorRow): number {
  return row.order_count > 0 ? 1 : 0;
}

type ByOutcome<T> = Readonly<Record<"revenue" | "margin" | "buyers", T>>;

interface Group {
  readonly id: string;
  readonly rows: readonly VisitorRow[];
  readonly revenue: Float64Array;
  readonly margin: Float64Array;
  /** Whether the cost of anything bought is known, or nothing was. */
  readonly isCosted: boolean;
  readonly adjusted: ByOutcome<Float64Array>;
}

function collect(
  id: string,
  counted: readonly VisitorRow[],
  adjusted: ByOutcome<{ readonly adjusted: Float64Array }>,
): Group {
  const own = counted.flatMap((row, at) => (row.variant_id === id ? [at] : []));
  const rows = own.map((at) => counted[at] as VisitorRow);
  const pick = (outcome: keyof typeof adjusted) =>
    Float64Array.from(own, (at) => adjusted[outcome].adjusted[at] as number);
  return {
    id,
    rows,
    revenue: Float64Array.from(rows, (row) => row.revenue_minor),
    margin: Float64Array.from(rows, (row) => row.margin_minor),
    isCosted: rows.some((row) => row.costed_minor > 0) || rows.every((row) => row.sold_minor === 0),
    adjusted: { revenue: pick("revenue"), margin: pick("margin"), buyers: pick("buyers") },
  };
}

function describe(group: Group, counted: readonly VisitorRow[]): VariantFigures {
  const { rows } = group;
  const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
  const mean = (values: Float64Array): number => (values.length === 0 ? 0 : sum(values) / values.length);
  const sold = sum(rows.map((row) => row.sold_minor));
  const weights = counted.map((row) => (row.variant_id === group.id ? 1 / row.propensity : 0));
  return {
    variant: group.id,
    visitors: rows.length,
    lists: sum(rows.map((row) => row.list_count)),
    impressions: sum(rows.map((row) => row.item_count)),
    clicks: sum(rows.map((row) => row.click_count)),
    buyers: rows.filter((row) => row.order_count > 0).length,
    orders: sum(rows.map((row) => row.order_count)),
    revenuePerVisitor: mean(group.revenue),
    marginPerVisitor: group.isCosted ? mean(group.margin) : null,
    costedShare: sold > 0 ? sum(rows.map((row) => row.costed_minor)) / sold : null,
    offPolicyRevenue:
      rows.length === 0
        ? null
        : estimatePolicyValue(
            weights,
            counted.map((row, at) => (weights[at] as number) * row.revenue_minor),
          ),
  };
}

function compare(control: Group, group: Group): VariantDifference {
  const means = (pick: (group: Group) => Float64Array): DifferenceInterval | null =>
    control.rows.length < 2 || group.rows.length < 2 ? null : compareMeans(pick(control), pick(group));
  const isCosted = control.isCosted && group.isCosted;
  const shareOf = ({ rows }: Group) => ({
    successes: rows.filter((row) => row.order_count > 0).length,
    trials: rows.length,
  });
  return {
    variant: group.id,
    buyers:
      control.rows.length === 0 || group.rows.length === 0
        ? null
        : compareProportions(shareOf(control), shareOf(group)),
    revenue: means((side) => side.revenue),
    margin: isCosted ? means((side) => side.margin) : null,
    buyersAdjusted: means((side) => side.adjusted.buyers),
    revenueAdjusted: means((side) => side.adjusted.revenue),
    marginAdjusted: isCosted ? means((side) => side.adjusted.margin) : null,
  };
}

function judgeRatio(groups: readonly Group[], { variants }: Experiment): ExperimentReadOut["sampleRatio"] {
  const counts = groups.map(({ rows }) => rows.length);
  const { chiSquare, pValue } = checkSampleRatio(
    counts,
    variants.map(({ weight }) => weight),
  );
  const warning =
    pValue < MISMATCH
      ? `Visitors are split ${counts.join(" : ")} where ${variants.map(({ weight }) => weight).join(" : ")} was planned: ` +
        "exposures were lost or assigned otherwise, and the differences cannot be trusted."
      : null;
  return { chiSquare, pValue, warning };
}
