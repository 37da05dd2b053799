import type { KernelEngine } from "../../kernels/kernel-engine.ts";
import type { FittedModel } from "./fitted-model.ts";
import { addStandardised } from "./rank-histories.ts";

/**
 * The scores of a model brought to mean 0 and deviation 1 for each history, plus an offset of each item that is the same for
 * everybody. It explains as the model does: an offset belongs to no item of a history. Time that of the model plus O(users·items).
 */
export function offsetItems(engine: KernelEngine, model: FittedModel, offsets: Float32Array): FittedModel {
  const { memory } = engine;
  const { itemCount } = model;
  return {
    ...model,
    addScores(histories, firstRow, rows, out) {
      const mark = memory.mark();
      const raw = { address: memory.allocate(rows * out.stride), stride: out.stride };
      memory.floats(raw.address, rows * out.stride).fill(0);
      model.addScores(histories, firstRow, rows, raw);
      addStandardised(engine, raw, itemCount, rows, 1, out);
      memory.release(mark);
      const scores = memory.floats(out.address, rows * out.stride);
      for (let row = 0; row < rows; row++) {
        for (let item = 0; item < itemCount; item++) scores[row * out.stride + item] += offsets[item];
      }
    },
  };
}
