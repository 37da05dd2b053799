import type { KernelEngine } from "../../kernels/kernel-engine.ts";
import type { SparseMatrix } from "../../sparse/sparse-matrix.ts";
import type { Interactions } from "./fitted-model.ts";

/** What was made of the train on the engine under the key, else what `make` makes now. */
export type TrainMemory = (
  engine: KernelEngine,
  train: Interactions,
  key: string,
  make: () => SparseMatrix,
) => SparseMatrix;

/**
 * Remembers the `most` matrices made last of each train: a search that chooses one thing after another asks for the same ones again and
 * again. They go when the train goes, which must not change.
 */
export function createTrainMemory(most: number): TrainMemory {
  const made = new WeakMap<KernelEngine, WeakMap<Interactions, Map<string, SparseMatrix>>>();
  return (engine, train, key, make) => {
    const ofEngine = made.get(engine) ?? new WeakMap<Interactions, Map<string, SparseMatrix>>();
    made.set(engine, ofEngine);
    const kept = ofEngine.get(train) ?? new Map<string, SparseMatrix>();
    ofEngine.set(train, kept);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const matrix = make();
    kept.set(key, matrix);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return matrix;
  };
}
