import type { KernelEngine } from "../../kernels/kernel-engine.ts";
import { columnSums } from "./degrees.ts";
import type { FittedModel, Interactions } from "./fitted-model.ts";

/** The same list for everybody: an item's score is the sum of its interactions. The naive baseline; O(entries). */
export function fitItemPopularity(engine: KernelEngine, train: Interactions): FittedModel {
  const popularity = Float32Array.from(columnSums(train));
  return {
    name: "popularity",
    itemCount: train.colCount,
    addScores(_histories, _firstRow, rows, out) {
      const scores = engine.memory.floats(out.address, rows * out.stride);
      for (let row = 0; row < rows; row++) {
        for (let item = 0; item < popularity.length; item++) scores[row * out.stride + item] += popularity[item];
      }
    },
  };
}
