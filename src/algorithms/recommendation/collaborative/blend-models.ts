import { allocateDense } from "../../kernels/dense-block.ts";
import type { KernelEngine } from "../../kernels/kernel-engine.ts";
import { standardiseRows } from "../../kernels/standardise-rows.ts";
import type { FittedModel } from "./fitted-model.ts";

export interface BlendPart {
  readonly model: FittedModel;
  /** Share of this model; the scores it weighs have mean 0 and deviation 1 over the items of each user. */
  readonly weight: number;
}

/** As many as rankings score at a time. */
const ROWS_AT_A_TIME = 128;

/**
 * A weighted sum of standardised scores. Folds in as its parts do; explains through the parts that can, each part's
 * contributions brought to its share. Time that of the parts plus O(users·items) a part.
 */
export function blendModels(engine: KernelEngine, parts: readonly BlendPart[]): FittedModel {
  const itemCount = parts[0].model.itemCount;
  // Zero between the parts, so that each adds to nothing.
  const raw = allocateDense(engine, ROWS_AT_A_TIME, itemCount);
  return {
    name: "blend",
    itemCount,
    addScores(histories, firstRow, rows, out) {
      for (let from = 0; from < rows; from += ROWS_AT_A_TIME) {
        const scored = { ...raw, rows: Math.min(ROWS_AT_A_TIME, rows - from) };
        const to = { address: out.address + 4 * from * out.stride };
        for (const { model, weight } of parts) {
          model.addScores(histories, firstRow + from, scored.rows, raw);
          standardiseRows(engine, scored, to, { weight, adds: true, clears: true });
        }
      }
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
