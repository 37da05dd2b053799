import type { StockTerms } from "../../algorithms/inventory/stock-terms.ts";
import { fitLeadTimeDemand, type LeadTimeDemand } from "../../algorithms/inventory/lead-time-demand.ts";
import { walkStockRules, type ReviewRule } from "../../algorithms/inventory/walk-stock-rules.ts";
import { smoothLevel } from "../../algorithms/forecasting/forecast-fixed-smoothing.ts";
import { forecastShort, SHORT_WEEKS } from "../demand/forecast-demand.ts";

/** What levels are learned from: plain data, so that another thread can do it. */
export interface CalibrationTask {
  /** Units a week of all products, one after the other; product p has [historyPtr[p], historyPtr[p + 1]). */
  readonly history: Float64Array;
  readonly historyPtr: Int32Array;
  /** Smoothing weight that the weekly forecasts of the release share. */
  readonly alpha: number;
  readonly terms: StockTerms;
}

export interface RulesTask extends CalibrationTask {
  readonly reviews: number;
}

/** Learns from an assortment's past. For thousands of products that takes a second or two of computing. */
export interface StockCalibrator {
  /** Rules of levels at the newest reviews; see walkStockRules. */
  walkRules(task: RulesTask): Promise<readonly ReviewRule[]>;
  /** Demand over the lead time; undefined where the past is too short; see fitLeadTimeDemand. */
  fitDemand(task: CalibrationTask): Promise<LeadTimeDemand | undefined>;
}

export function walkRules(task: RulesTask): ReviewRule[] {
  return walkStockRules(listHistories(task), expectBy(task.alpha), task.terms, task.reviews);
}

export function fitDemand(task: CalibrationTask): LeadTimeDemand | undefined {
  return fitLeadTimeDemand(listHistories(task), expectBy(task.alpha), task.terms);
}

/** On the calling thread. */
export const inlineCalibrator: StockCalibrator = {
  walkRules: async (task) => walkRules(task),
  fitDemand: async (task) => fitDemand(task),
};

/** Units a week that the release's method expects, seen from the end of what is known: the mean of `forecastDemand`, thousands of times over. */
export function expectBy(alpha: number): (known: Float64Array) => number {
  return (known) =>
    known.length < SHORT_WEEKS ? (forecastShort(known).mean[0] as number) : Math.max(0, smoothLevel(known, alpha));
}

/** Joins histories for a task. */
export function joinHistories(histories: readonly Float64Array[]): Pick<CalibrationTask, "history" | "historyPtr"> {
  const historyPtr = new Int32Array(histories.length + 1);
  histories.forEach((history, at) => (historyPtr[at + 1] = (historyPtr[at] as number) + history.length));
  const history = new Float64Array(historyPtr[histories.length] as number);
  histories.forEach((each, at) => history.set(each, historyPtr[at]));
  return { history, historyPtr };
}

function listHistories({ history, historyPtr }: CalibrationTask): Float64Array[] {
  return Array.from({ length: historyPtr.length - 1 }, (_, at) => history.subarray(historyPtr[at], historyPtr[at + 1]));
}
