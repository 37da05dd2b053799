/** One kernel: (chunk, thread, …arguments). Chunks are independent; addresses are bytes. Described in assembly/*.ts. */
export type Kernel = (chunk: number, thread: number, ...args: number[]) => void;

/** The kernels a module exports, in the order that names them to worker threads. */
export const KERNEL_NAMES = [
  "packChunk",
  "multiplyChunk",
  "gatherPanelChunk",
  "scatterPanelChunk",
  "mirrorChunk",
  "gramChunk",
  "sparseTimesDenseChunk",
  "sparseTimesSparseChunk",
  "neighboursChunk",
  "topChunk",
  "standardiseChunk",
  "loudestChunk",
  "solveFactorsChunk",
  "regressChunk",
] as const;

export type KernelName = (typeof KERNEL_NAMES)[number];

export type KernelFunctions = Readonly<Record<KernelName, Kernel>>;
