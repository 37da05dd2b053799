import type { KernelEngine } from "../../kernels/kernel-engine.ts";
import type { FittedModel } from "./fitted-model.ts";
import { addStandardised } from "./rank-histories.ts";

export interface BlendPart {
  readonly model: FittedModel;
  /** Share of this model; the scores it weighs have mean 0 and deviation 1 over the items of each user. */
  readonly weight: number;
}

/**
 * A weighted sum of standardised scores. Folds in as its parts do; explains through the parts that can, each part's
 * contributions brought to its share. Time that of the parts plus O(users·items) a part.
 */
export function blendModels(engine: KernelEngine, parts: readonly BlendPart[]): FittedModel {
  const { memory } = engine;
  const itemCount = parts[0].model.itemCount;
  return {
    name: "blend",
    itemCount,
    addScores(histories, firstRow, rows, out) {
      const mark = memory.mark();
      const raw = { address: memory.allocate(rows * out.stride), stride: out.stride };
      for (const { model, weight } of parts) {
        memory.floats(raw.address, rows * out.stride).fill(0);
        model.addScores(histories, firstRow, rows, raw);
        addStandardised(engine, raw, itemCount, rows, weight, out);
      }
      memory.release(mark);
    },
    explain(history, item) {
      const shares = new Float64Array(history.length);
      for (const { model, weight } of parts) {
        const contributions = model.explain?.(history, item);
        if (contributions === undefined) continue;
        const total = contributions.reduce((sum, value) => sum + Math.abs(value), 0);
        if (total === 0) continue;
        for (let i = 0; i < shares.length; i++) shares[i] += (weight * contributions[i]) / total;
      }
      return shares;
    },
  };
}
