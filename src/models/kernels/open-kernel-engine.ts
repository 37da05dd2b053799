import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { once } from "node:events";
import type { Worker } from "node:worker_threads";
import type { KernelEngine } from "../../algorithms/kernels/kernel-engine.ts";
import { KERNEL_NAMES, type KernelFunctions } from "../../algorithms/kernels/kernel-functions.ts";
import { KernelMemory, type ByteStore } from "../../algorithms/kernels/kernel-memory.ts";
import { createPlainEngine } from "../../algorithms/kernels/plain-engine.ts";
import { fail } from "../../core/errors.ts";
import { startWorker } from "../start-worker.ts";
import { CONTROL, type KernelWorkerData } from "./kernel-worker.ts";

export interface KernelEngineOptions {
  /** Threads including the calling one; the machine's by default. */
  readonly threadCount?: number;
  /** Refuses to use more memory than this; 4 GiB by default, the reach of 32-bit addresses. */
  readonly limitBytes?: number;
}

/** An engine with threads of its own. `close` ends them; the process can also end without it. */
export interface OpenKernelEngine extends KernelEngine {
  close(): Promise<void>;
}

const WASM_FILE = new URL("../../algorithms/kernels/kernels.wasm", import.meta.url);
const PAGE_BYTES = 65_536;
/** As compiled in, see scripts/build-kernels.mjs. */
const INITIAL_PAGES = 16;
const MAXIMUM_PAGES = 65_536;

/**
 * Opens the WebAssembly engine with worker threads over one shared memory, or the plain one where the compiled module is
 * missing. `run` blocks the calling thread until all chunks are done: for batch work, never inside a server.
 */
export async function openKernelEngine(options: KernelEngineOptions = {}): Promise<OpenKernelEngine> {
  const bytes = await readFile(WASM_FILE).catch(() => undefined);
  if (bytes === undefined) return { ...createPlainEngine(options.limitBytes), close: async () => {} };

  const shared = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAXIMUM_PAGES, shared: true });
  const module = await WebAssembly.compile(bytes);
  const instance = new WebAssembly.Instance(module, { env: { memory: shared } });
  // The exports of assembly/index.ts, checked name by name when KERNEL_NAMES are called.
  const kernels = instance.exports as unknown as KernelFunctions;

  const threadCount = Math.max(1, options.threadCount ?? availableParallelism());
  const control = new Int32Array(new SharedArrayBuffer(CONTROL.length * 4));
  const args = new Float64Array(new SharedArrayBuffer(MAX_ARGUMENTS * 8));
  const workers = await startWorkers(threadCount - 1, { module, memory: shared, control, args });

  const store: ByteStore = {
    get buffer() {
      return shared.buffer;
    },
    grow(needed) {
      const pages = Math.ceil((needed - shared.buffer.byteLength) / PAGE_BYTES);
      shared.grow(pages);
    },
  };

  return {
    memory: new KernelMemory(store, options.limitBytes),
    threadCount,
    kind: "wasm-simd",
    run(kernel, chunkCount, ...values) {
      const call = kernels[kernel];
      if (workers.length === 0 || chunkCount < 2) {
        for (let chunk = 0; chunk < chunkCount; chunk++) call(chunk, 0, ...values);
        return;
      }
      args.set(values);
      Atomics.store(control, CONTROL.argumentCount, values.length);
      Atomics.store(control, CONTROL.kernel, KERNEL_NAMES.indexOf(kernel));
      Atomics.store(control, CONTROL.chunkCount, chunkCount);
      Atomics.store(control, CONTROL.nextChunk, 0);
      Atomics.store(control, CONTROL.workersDone, 0);
      Atomics.add(control, CONTROL.job, 1);
      Atomics.notify(control, CONTROL.job);
      for (;;) {
        const chunk = Atomics.add(control, CONTROL.nextChunk, 1);
        if (chunk >= chunkCount) break;
        call(chunk, 0, ...values);
      }
      for (;;) {
        const done = Atomics.load(control, CONTROL.workersDone);
        if (done === workers.length) break;
        Atomics.wait(control, CONTROL.workersDone, done);
      }
      if (Atomics.load(control, CONTROL.failed) !== 0)
        throw fail("INTERNAL", `The kernel ${kernel} failed in a thread.`);
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** More than any kernel takes. */
const MAX_ARGUMENTS = 32;

/** Starts the threads and waits until each is ready, so that a later job cannot wait for one that never came up. */
async function startWorkers(count: number, shared: Omit<KernelWorkerData, "thread">): Promise<Worker[]> {
  const workers = Array.from({ length: count }, (_, index) => {
    const workerData: KernelWorkerData = { ...shared, thread: index + 1 };
    return startWorker("./kernel-worker", import.meta.url, workerData);
  });
  await Promise.all(workers.map((worker) => once(worker, "message")));
  for (const worker of workers) worker.unref();
  return workers;
}
