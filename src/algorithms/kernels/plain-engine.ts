import type { KernelEngine } from "./kernel-engine.ts";
import { KernelMemory, type ByteStore } from "./kernel-memory.ts";
import { createPlainKernels } from "./plain-kernels.ts";

/** Smallest buffer: growth doubles from here. */
const INITIAL_BYTES = 2 ** 20;

/** The engine without WebAssembly: one thread, plain typed arrays, the same answers to 1e-5. */
export function createPlainEngine(limitBytes?: number): KernelEngine {
  let buffer = new ArrayBuffer(INITIAL_BYTES);
  const store: ByteStore = {
    get buffer() {
      return buffer;
    },
    grow(bytes) {
      const larger = new ArrayBuffer(Math.max(bytes, Math.min(2 * buffer.byteLength, bytes + 2 ** 28)));
      new Uint8Array(larger).set(new Uint8Array(buffer));
      buffer = larger;
    },
  };
  const kernels = createPlainKernels(store);
  return {
    memory: new KernelMemory(store, limitBytes),
    threadCount: 1,
    kind: "plain",
    run(kernel, chunkCount, ...args) {
      for (let chunk = 0; chunk < chunkCount; chunk++) kernels[kernel](chunk, 0, ...args);
    },
  };
}
