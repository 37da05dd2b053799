import { mase } from "../../../algorithms/evaluation/mase.ts";
import { forecastPanel } from "../../../algorithms/forecasting/global/forecast-panel.ts";
import type { PanelForecast } from "../../../algorithms/forecasting/global/panel-types.ts";
import { chooseReconciliation } from "../../../algorithms/forecasting/reconciliation/choose-reconciliation.ts";
import {
  RECONCILIATIONS,
  type Reconciliation,
  reconcilePanel,
} from "../../../algorithms/forecasting/reconciliation/reconcile-panel.ts";
import {
  buildSummingStructure,
  sumBottom,
  type SummingStructure,
} from "../../../algorithms/forecasting/reconciliation/summing-structure.ts";
import { fail } from "../../../core/errors.ts";
import { startCpuTimer } from "../../recommendation/backtest/cpu-seconds.ts";
import { type HierarchyColumns, readHierarchyFile } from "./read-hierarchy-file.ts";

export interface HierarchyBacktestRequest {
  readonly series: string;
  readonly columns: HierarchyColumns;
  readonly period: number;
  readonly horizon: number;
  /** Origins that are scored, half a horizon apart, the newest one horizon before the end. */
  readonly origins: number;
  readonly seed: number;
}

export interface LevelScores {
  /** Columns that name a node of the level; "total" at the top. */
  readonly level: string;
  readonly nodes: number;
  /** Root mean squared error and mean MASE, of the base forecasts and after each reconciliation. */
  readonly rmse: Readonly<Record<string, number>>;
  readonly mase: Readonly<Record<string, number>>;
}

export interface HierarchyBacktest {
  readonly series: number;
  readonly nodes: number;
  readonly origins: number;
  /** Reconciliation that was chosen at each origin from what was known then; scored as "automatic". */
  readonly chosen: readonly Reconciliation[];
  readonly levels: readonly LevelScores[];
  /** Greatest difference between a node and the sum of its bottom series, relative to the node, over all reconciled forecasts. */
  readonly incoherence: number;
  readonly cpuSecPer1000: number;
}

/** Length of history that the oldest origin needs, in periods. */
const MIN_PERIODS = 3;

/**
 * Forecasts every node of a hierarchy with the automatic forecast and makes the forecasts add up in each way there is; scored
 * by level. What comes after an origin is read by the scores alone. Errors: those of `readHierarchyFile`, and
 * `REQUEST_INVALID` where the file is too short for the origins.
 */
export async function backtestHierarchy(request: HierarchyBacktestRequest): Promise<HierarchyBacktest> {
  const { paths, values } = await readHierarchyFile(request.series, request.columns);
  const { keys } = request.columns;
  const structure = buildSummingStructure(
    paths.length,
    keys.map((_, at) => labelPaths(paths, keys.length - 1 - at)),
  );
  const nodes = sumSeries(structure, values);
  const length = values[0]?.length ?? 0;
  const spacing = Math.ceil(request.horizon / 2);
  const oldest = length - request.horizon - (request.origins - 1) * spacing;
  if (oldest < MIN_PERIODS * request.period) {
    throw fail(
      "REQUEST_INVALID",
      `${length} times are too few for ${request.origins} origins with a horizon of ${request.horizon}; ask for fewer.`,
    );
  }
  const methods = ["base", ...RECONCILIATIONS, "automatic"] as const;
  const scores = new Map(methods.map((name) => [name, createScores(structure)]));
  const isNonNegative = values.every((series) => series.every((value) => value >= 0));
  const readCpuSeconds = startCpuTimer();
  const chosen: Reconciliation[] = [];
  let incoherence = 0;
  for (let back = 0; back < request.origins; back++) {
    const origin = oldest + back * spacing;
    const panel = nodes.map((series) => ({
      values: series.subarray(0, origin),
      period: request.period,
      horizon: request.horizon,
    }));
    const { forecasts, past } = forecastPanel(panel, { seed: request.seed });
    const known = panel.map((one) => one.values);
    const choice = chooseReconciliation(structure, known, forecasts, past, isNonNegative);
    chosen.push(choice);
    for (const name of methods) {
      const method = name === "automatic" ? choice : name;
      const rival = method === "base" ? forecasts : reconcilePanel(structure, forecasts, method, isNonNegative);
      if (name !== "base") incoherence = Math.max(incoherence, measureIncoherence(structure, rival));
      scores.get(name)?.add(nodes, origin, request.period, rival);
    }
  }
  const cpuSec = readCpuSeconds();
  const levels = Array.from({ length: keys.length + 1 }, (_, level): LevelScores => {
    const measure = (kind: "rmse" | "mase"): Record<string, number> =>
      Object.fromEntries([...scores].map(([name, score]) => [name, score.read(level)[kind]]));
    return {
      level: level === keys.length ? "total" : keys.slice(0, keys.length - level).join("/"),
      nodes: (structure.levelPtr[level + 1] as number) - (structure.levelPtr[level] as number),
      rmse: measure("rmse"),
      mase: measure("mase"),
    };
  });
  return {
    series: paths.length,
    nodes: structure.nodeCount,
    origins: request.origins,
    chosen,
    levels: levels.reverse(),
    incoherence,
    cpuSecPer1000: (1000 * cpuSec) / (structure.nodeCount * request.origins),
  };
}

/** Groups of the series by the first `depth` parts of their paths. */
function labelPaths(paths: readonly (readonly string[])[], depth: number): Int32Array {
  const known = new Map<string, number>();
  return Int32Array.from(paths, (path) => {
    const key = JSON.stringify(path.slice(0, depth));
    const group = known.get(key) ?? known.size;
    known.set(key, group);
    return group;
  });
}

/** The series of all nodes from those of the bottom. */
function sumSeries(structure: SummingStructure, bottom: readonly Float64Array[]): Float64Array[] {
  const length = bottom[0]?.length ?? 0;
  const nodes = Array.from({ length: structure.nodeCount }, () => new Float64Array(length));
  for (let t = 0; t < length; t++) {
    sumBottom(
      structure,
      Float64Array.from(bottom, (series) => series[t] as number),
    ).forEach((value, node) => ((nodes[node] as Float64Array)[t] = value));
  }
  return nodes;
}

function measureIncoherence(structure: SummingStructure, forecasts: readonly PanelForecast[]): number {
  let worst = 0;
  for (let step = 0; step < (forecasts[0]?.mean.length ?? 0); step++) {
    const values = Float64Array.from(forecasts, ({ mean }) => mean[step] as number);
    sumBottom(structure, values.subarray(0, structure.bottomCount)).forEach((sum, node) => {
      const value = values[node] as number;
      worst = Math.max(worst, Math.abs(value - sum) / Math.max(1, Math.abs(value)));
    });
  }
  return worst;
}

/** Errors added up by level. */
function createScores({ levelPtr }: SummingStructure): {
  readonly add: (
    nodes: readonly Float64Array[],
    origin: number,
    period: number,
    forecasts: readonly PanelForecast[],
  ) => void;
  readonly read: (level: number) => { readonly rmse: number; readonly mase: number };
} {
  const sums = Array.from({ length: levelPtr.length - 1 }, () => ({ squares: 0, points: 0, mase: 0, scaled: 0 }));
  return {
    add: (nodes, origin, period, forecasts) => {
      sums.forEach((sum, level) => {
        for (let node = levelPtr[level] as number; node < (levelPtr[level + 1] as number); node++) {
          const { mean } = forecasts[node] as PanelForecast;
          const series = nodes[node] as Float64Array;
          const actual = series.subarray(origin, origin + mean.length);
          actual.forEach((value, step) => (sum.squares += (value - (mean[step] as number)) ** 2));
          sum.points += actual.length;
          const scaled = mase(series.subarray(0, origin), actual, mean, period);
          if (scaled === undefined) continue;
          sum.mase += scaled;
          sum.scaled++;
        }
      });
    },
    read: (level) => {
      const { squares, points, mase: total, scaled } = sums[level] as (typeof sums)[number];
      return { rmse: Math.sqrt(squares / Math.max(1, points)), mase: total / Math.max(1, scaled) };
    },
  };
}
