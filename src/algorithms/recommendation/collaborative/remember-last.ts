import type { KernelEngine } from "../../kernels/kernel-engine.ts";
import type { SparseMatrix } from "../../sparse/sparse-matrix.ts";
import type { Interactions } from "./fitted-model.ts";

const made = new WeakMap<KernelEngine, WeakMap<Interactions, { readonly key: string; readonly value: SparseMatrix }>>();

/**
 * What `make` made last of this train on this engine, if under the same key, else makes it: a search that chooses one thing after another
 * asks for one configuration again and again. It goes when the train goes. The train must not change.
 */
export function rememberLast(
  engine: KernelEngine,
  train: Interactions,
  key: string,
  make: () => SparseMatrix,
): SparseMatrix {
  const ofEngine =
    made.get(engine) ?? new WeakMap<Interactions, { readonly key: string; readonly value: SparseMatrix }>();
  made.set(engine, ofEngine);
  const last = ofEngine.get(train);
  if (last?.key === key) return last.value;
  const value = make();
  ofEngine.set(train, { key, value });
  return value;
}
