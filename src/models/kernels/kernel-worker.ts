import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { KERNEL_NAMES, type KernelFunctions } from "../../algorithms/kernels/kernel-functions.ts";

/** Cells of the control block that the threads share. */
export const CONTROL = {
  /** Counts the jobs given out; a change wakes the workers. */
  job: 0,
  /** Index in KERNEL_NAMES. */
  kernel: 1,
  argumentCount: 2,
  chunkCount: 3,
  /** The next chunk nobody has taken. */
  nextChunk: 4,
  /** Workers that found no chunk left. */
  workersDone: 5,
  /** 1 once any worker met an exception. */
  failed: 6,
  length: 16,
} as const;

export interface KernelWorkerData {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: Int32Array;
  readonly args: Float64Array;
  /** 1 … threadCount − 1; the caller is thread 0. */
  readonly thread: number;
}

/** Takes chunks of each job until none is left, for ever. */
function serve({ module, memory, control, args, thread }: KernelWorkerData): never {
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  // The exports of assembly/index.ts.
  const kernels = instance.exports as unknown as KernelFunctions;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage("ready");
  let job = 0;
  for (;;) {
    // A wake-up alone says nothing: the notice of a job can arrive after this thread saw and finished that job.
    while (Atomics.load(control, CONTROL.job) === job) Atomics.wait(control, CONTROL.job, job);
    // Jobs are given out one at a time, and the next only after all workers are done with this one.
    job++;
    const name = KERNEL_NAMES[Atomics.load(control, CONTROL.kernel)];
    const chunkCount = Atomics.load(control, CONTROL.chunkCount);
    const values = [...args.subarray(0, Atomics.load(control, CONTROL.argumentCount))];
    try {
      for (;;) {
        const chunk = Atomics.add(control, CONTROL.nextChunk, 1);
        if (chunk >= chunkCount || name === undefined) break;
        kernels[name](chunk, thread, ...values);
      }
    } catch {
      Atomics.store(control, CONTROL.failed, 1);
    }
    Atomics.add(control, CONTROL.workersDone, 1);
    Atomics.notify(control, CONTROL.workersDone);
  }
}

// The engine imports this file for CONTROL; only a thread started with shared data serves.
// workerData is `unknown` by nature: it is what startWorkers in open-kernel-engine.ts gives.
if (!isMainThread && (workerData as Partial<KernelWorkerData> | null)?.control !== undefined) {
  serve(workerData as KernelWorkerData);
}
