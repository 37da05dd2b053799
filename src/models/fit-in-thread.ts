import { MessageChannel } from "node:worker_threads";
import { fail } from "../core/errors.ts";
import { unpackError } from "../core/packed-error.ts";
import { serveSession } from "../warehouse/remote-session.ts";
import type { FitMessage, FitTask } from "./fit-worker.ts";
import type { Model, ModelContext, ModelOutcome } from "./model.ts";
import { startWorker } from "./start-worker.ts";

/** What a fit in a thread of its own is given: a signal in place of a stop, for nobody asks the thread while it works. */
export interface ThreadedContext extends Omit<ModelContext, "stop"> {
  readonly signal: AbortSignal;
}

/** A fit makes and drops small arrays by the million: with more room for new ones few are moved before they are dropped. */
const LIMITS = { maxYoungGenerationSizeMb: 192 } as const;

/**
 * Fits a model of the registry in a thread of its own, so that fits may go on side by side and the calling thread stays free. The thread
 * reads through `session`, which must be nobody else's meanwhile. Same outcome as `model.fit`.
 */
export async function fitInThread({ name }: Model, context: ThreadedContext): Promise<ModelOutcome> {
  const { session, signal, onProgress, asOf, seed, previous } = context;
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const stopFit = (): void => void Atomics.store(stop, 0, 1);
  if (signal.aborted) stopFit();
  signal.addEventListener("abort", stopFit);
  const { port1: ownPort, port2: port } = new MessageChannel();
  serveSession(session, ownPort);
  const worker = startWorker("./fit-worker", import.meta.url, undefined, undefined, LIMITS);
  try {
    return await new Promise<ModelOutcome>((resolve, reject) => {
      worker.on("message", (message: FitMessage) => {
        if ("progress" in message) onProgress(message.progress);
        else if ("outcome" in message) resolve(message.outcome);
        else reject(unpackError(message.error));
      });
      worker.once("error", reject);
      worker.once("exit", (code) => reject(fail("JOB_STEP_FAILED", `The thread of ${name} ended with code ${code}.`)));
      const task: FitTask = { model: name, context: { asOf, seed, previous }, port, stop };
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage(task, [port]);
    });
  } finally {
    signal.removeEventListener("abort", stopFit);
    ownPort.close();
    await worker.terminate();
  }
}
