import type { Rng } from "../../../core/rng.ts";
import type { KernelEngine } from "../../kernels/kernel-engine.ts";
import { fitEase, type EaseParams } from "./fit-ease.ts";
import { fitGraphFilter, type GraphFilterParams } from "./fit-graph-filter.ts";
import { fitImplicitAls, type ImplicitAlsParams } from "./fit-implicit-als.ts";
import { fitItemKnn, type ItemKnnParams } from "./fit-item-knn.ts";
import { fitItemPopularity } from "./fit-item-popularity.ts";
import { fitUserKnn, type UserKnnParams } from "./fit-user-knn.ts";
import { fitSparseEase, type SparseEaseParams } from "./fit-sparse-ease.ts";
import type { FittedModel, Interactions } from "./fitted-model.ts";

/** One model of the folder with its parameters, as plain data. */
export type ModelConfig =
  | { readonly method: "popularity" }
  | { readonly method: "ease"; readonly params: EaseParams }
  | { readonly method: "sparse-ease"; readonly params: SparseEaseParams }
  | { readonly method: "item-knn"; readonly params: ItemKnnParams }
  | { readonly method: "implicit-als"; readonly params: ImplicitAlsParams }
  | { readonly method: "graph-filter"; readonly params: GraphFilterParams }
  | { readonly method: "user-knn"; readonly params: UserKnnParams };

export type ModelMethod = ModelConfig["method"];

/** Fits the model a configuration describes. */
export function fitModel(engine: KernelEngine, train: Interactions, config: ModelConfig, rng: Rng): FittedModel {
  if (config.method === "ease") return fitEase(engine, train, config.params);
  if (config.method === "sparse-ease") return fitSparseEase(engine, train, config.params);
  if (config.method === "item-knn") return fitItemKnn(engine, train, config.params);
  if (config.method === "implicit-als") return fitImplicitAls(engine, train, config.params, rng);
  if (config.method === "graph-filter") return fitGraphFilter(engine, train, config.params, rng);
  if (config.method === "user-knn") return fitUserKnn(engine, train, config.params);
  return fitItemPopularity(engine, train);
}
