import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { joinTeam } from "../../../algorithms/forecasting/boosting/boost-rounds.ts";
import type { BinningWork } from "../../../algorithms/forecasting/boosting/binning-work.ts";
import type { BoostingWork } from "../../../algorithms/forecasting/boosting/boosting-work.ts";

export interface BoostingWorkerData {
  /** 1 … threadCount − 1; the caller is thread 0. */
  readonly boostingThread: number;
}

/** Entry of a thread that takes part in each fit it is given. */
function serve(thread: number): void {
  parentPort?.on("message", (work: BinningWork | BoostingWork) => {
    try {
      joinTeam(work, thread);
    } catch {
      // The team is broken then, and the calling thread tells of it.
    }
  });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage("ready");
}

// workerData is `unknown` by nature: it is what openBoostingCrew gives.
const given = workerData as Partial<BoostingWorkerData> | null;
if (!isMainThread && given?.boostingThread !== undefined) serve(given.boostingThread);
