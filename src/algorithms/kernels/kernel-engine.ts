import type { KernelName } from "./kernel-functions.ts";
import type { KernelMemory } from "./kernel-memory.ts";

/** Runs kernels on its memory, on one thread or several. Answers are the same for any number of threads. */
export interface KernelEngine {
  readonly memory: KernelMemory;
  /** Threads that may run chunks at the same time; kernels with scratch need a part for each. */
  readonly threadCount: number;
  /** How the kernels were made. */
  readonly kind: "wasm-simd" | "plain";
  /** Runs chunks 0 … chunkCount − 1 of a kernel and returns when all are done. */
  run(kernel: KernelName, chunkCount: number, ...args: number[]): void;
}
