import { Piscina } from "piscina";
import { fitPanel, forecastPanel, type PanelOutcome } from "../../../algorithms/forecasting/global/forecast-panel.ts";
import type { PanelForecast, PanelSeries } from "../../../algorithms/forecasting/global/panel-types.ts";
import type { ApplyPoolTask } from "./apply-pool-worker.ts";

export interface ThreadedParams {
  readonly seed: number;
  /** Worker threads at most. */
  readonly threads: number;
  /** Series that a thread is given at a time. */
  readonly seriesPerTask?: number;
}

/** Below this a thread costs more to start than it saves. */
const SERIES_PER_TASK = 2000;

/** From sources the worker is TypeScript and needs tsx; compiled it is plain JavaScript. */
const isSource = import.meta.url.endsWith(".ts");
const WORKER = new URL(`apply-pool-worker.${isSource ? "ts" : "js"}`, import.meta.url);

/**
 * `forecastPanel` with the series parted among worker threads once the pools are fitted. Each series is forecast by itself from the
 * fitted pool, so the result is the same whatever the number of threads, also none. The fits run in the calling thread; samples bound
 * their cost. The models are copied to a thread with each task.
 */
export async function forecastInThreads(series: readonly PanelSeries[], params: ThreadedParams): Promise<PanelOutcome> {
  const { seed, threads, seriesPerTask = SERIES_PER_TASK } = params;
  const used = Math.min(threads, Math.floor(series.length / seriesPerTask));
  if (used <= 1) return forecastPanel(series, { seed });
  const { fitted, past, pools } = fitPanel(series, { seed });
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
