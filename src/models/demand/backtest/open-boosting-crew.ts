import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { BoostingCrew } from "../../../algorithms/forecasting/boosting/boosting-work.ts";
import type { BoostingWorkerData } from "./boosting-worker.ts";

/** A crew with threads of its own. `close` ends them; the process can also end without it. */
export interface OpenBoostingCrew extends BoostingCrew {
  close(): Promise<void>;
}

/**
 * Starts threads that fit forests together with the calling one, and waits until each is ready: the caller is blocked in a fit and
 * could not be told later. For batch work, never inside a server.
 */
export async function openBoostingCrew(threadCount: number): Promise<OpenBoostingCrew> {
  const workers = Array.from({ length: threadCount - 1 }, (_, at) => startWorker({ boostingThread: at + 1 }));
  await Promise.all(workers.map((worker) => once(worker, "message")));
  for (const worker of workers) worker.unref();
  return {
    threadCount,
    start: (work) => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      for (const worker of workers) worker.postMessage(work);
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function startWorker(workerData: BoostingWorkerData): Worker {
  if (!import.meta.url.endsWith(".ts")) {
    return new Worker(new URL("./boosting-worker.js", import.meta.url), { workerData });
  }
  // From the sources (tests, tsx) the thread needs the TypeScript loader first.
  const file = JSON.stringify(new URL("./boosting-worker.ts", import.meta.url).href);
  const loader = JSON.stringify(import.meta.resolve("tsx/esm/api"));
  const script = `import(${loader}).then(({ register }) => { register(); return import(${file}); })`;
  return new Worker(script, { eval: true, execArgv: [], workerData });
}
