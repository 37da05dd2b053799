import { Piscina } from "piscina";
import { applyPools, fitPanel, type FittedPanel } from "../../../algorithms/forecasting/global/forecast-panel.ts";
import { omitClosedSteps } from "../../../algorithms/forecasting/global/omit-closed-steps.ts";
import type { PanelForecast, PanelOutcome, PanelSeries } from "../../../algorithms/forecasting/global/panel-types.ts";
import type { ApplyPoolTask } from "./apply-pool-worker.ts";
import { openBoostingCrew } from "./open-boosting-crew.ts";

export interface ThreadedParams {
  readonly seed: number;
  /** Worker threads at most. */
  readonly threads: number;
  /** Series that a thread is given at a time. */
  readonly seriesPerTask?: number;
  /** Values of a panel from which on threads grow trees together. */
  readonly minSharedValues?: number;
}

/** Panels of fewer values grow their trees on one thread. */
const MIN_SHARED_VALUES = 50_000;
/** Below this a thread costs more to start than it saves. */
const SERIES_PER_TASK = 2000;

/** From sources the worker is TypeScript and needs tsx; compiled it is plain JavaScript. */
const isSource = import.meta.url.endsWith(".ts");
const WORKER = new URL(`apply-pool-worker.${isSource ? "ts" : "js"}`, import.meta.url);

/**
 * `forecastPanel` with the series parted among worker threads once the pools are fitted. Each series is forecast by itself from the
 * fitted pool, and threads grow the same trees together as one, so the result is the same whatever the number of threads, also none.
 * Samples bound the cost of the fits. The models are copied to a thread with each task.
 */
export async function forecastInThreads(series: readonly PanelSeries[], params: ThreadedParams): Promise<PanelOutcome> {
  const open = omitClosedSteps(series);
  return open.restore(await forecastOpen(open.series, params));
}

async function forecastOpen(series: readonly PanelSeries[], params: ThreadedParams): Promise<PanelOutcome> {
  const { threads, seriesPerTask = SERIES_PER_TASK } = params;
  const used = Math.min(threads, Math.floor(series.length / seriesPerTask));
  const { fitted, past, pools } = await fitInThreads(series, params);
  if (used <= 1) return { forecasts: applyPools(fitted, series), past, pools };
  const tasks = fitted.flatMap(({ model, members }) =>
    Array.from({ length: Math.ceil(members.length / seriesPerTask) }, (_, at) => ({
      model,
      part: members.slice(at * seriesPerTask, (at + 1) * seriesPerTask),
    })),
  );
  const workers = new Piscina({
    filename: WORKER.href,
    name: "apply",
    minThreads: used,
    maxThreads: used,
    ...(isSource ? { execArgv: ["--import", "tsx"] } : {}),
  });
  try {
    const forecasts: PanelForecast[] = [];
    await Promise.all(
      tasks.map(async ({ model, part }) => {
        // Own arrays: a view would take its whole buffer along.
        const histories = part.map((index) => series[index]?.values.slice() ?? new Float64Array(0));
        const task: ApplyPoolTask = { model, histories };
        // The worker answers with nothing else.
        const answers = (await workers.run(task)) as readonly PanelForecast[];
        part.forEach((index, at) => {
          const answer = answers[at];
          if (answer !== undefined) forecasts[index] = answer;
        });
      }),
    );
    return { forecasts, past, pools };
  } finally {
    await workers.destroy();
  }
}

/** Pools and fits, the trees of larger panels grown by a crew of threads. */
async function fitInThreads(
  series: readonly PanelSeries[],
  { seed, threads, minSharedValues = MIN_SHARED_VALUES }: ThreadedParams,
): Promise<FittedPanel> {
  const values = series.reduce((sum, one) => sum + one.values.length, 0);
  if (threads <= 1 || values < minSharedValues) return fitPanel(series, { seed });
  const crew = await openBoostingCrew(threads);
  try {
    return fitPanel(series, { seed, crew });
  } finally {
    await crew.close();
  }
}
