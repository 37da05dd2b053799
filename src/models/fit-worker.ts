import { type MessagePort, parentPort } from "node:worker_threads";
import type { PackedError } from "../core/packed-error.ts";
import { packError } from "../core/packed-error.ts";
import type { Progress } from "../core/progress.ts";
import { createRemoteSession } from "../warehouse/remote-session.ts";
import type { ModelContext, ModelOutcome } from "./model.ts";
import { allModels } from "./registry.ts";

/** What a thread is asked to fit. */
export interface FitTask {
  readonly model: string;
  readonly context: Pick<ModelContext, "asOf" | "seed" | "previous">;
  /** Leads to the session of the warehouse. */
  readonly port: MessagePort;
  /** Shared memory; not 0 where the fit should end. */
  readonly stop: Int32Array;
}

/** What a thread says of its fit. */
export type FitMessage =
  | { readonly progress: Progress }
  | { readonly outcome: ModelOutcome }
  | { readonly error: PackedError };

function say(message: FitMessage, buffers: ArrayBuffer[] = []): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(message, buffers);
}

async function fit({ model: name, context, port, stop }: FitTask): Promise<void> {
  const session = createRemoteSession(port);
  try {
    const model = allModels.find((one) => one.name === name);
    if (model === undefined) throw new Error(`No model is called ${name}.`);
    const outcome = await model.fit({
      ...context,
      session,
      stop: { shouldStop: () => Atomics.load(stop, 0) !== 0 },
      onProgress: (progress) => say({ progress }),
    });
    // Own buffers: a view would take all of another one along.
    const files = outcome.files.map((file) => ({ ...file, bytes: file.bytes.slice() }));
    say(
      { outcome: { ...outcome, files } },
      files.map(({ bytes }) => bytes.buffer),
    );
  } catch (error) {
    say({ error: packError(error) });
  } finally {
    session.close();
  }
}

// One task a thread; nothing but fit-in-thread.ts sends any.
parentPort?.once("message", (task: FitTask) => void fit(task));
