import type { ModelMethod } from "../../../algorithms/recommendation/collaborative/model-config.ts";
import { fail } from "../../../core/errors.ts";
import type { ProgressListener } from "../../../core/progress.ts";

export interface BacktestRequest {
  /** File of `user item item …` lines (sessions: items in order), gzip where its name ends in .gz. */
  readonly train: string;
  /** The same for what is to be predicted (sessions: `a b c > d`). */
  readonly test: string;
  /** Cut-off of the measures. */
  readonly k: number;
  /** "auto": a blend chosen on a validation part of train; a method: its best parameters, chosen there too. */
  readonly model: BacktestModel;
  readonly seed: number;
  readonly onProgress: ProgressListener;
}

export const BACKTEST_MODELS = [
  "auto",
  "popularity",
  "ease",
  "sparse-ease",
  "item-knn",
  "implicit-als",
  "graph-filter",
  "user-knn",
] as const satisfies readonly (ModelMethod | "auto")[];

export type BacktestModel = (typeof BACKTEST_MODELS)[number];

/** Refuses a name that is no model, with the names that are. */
export function parseBacktestModel(name: string): BacktestModel {
  const model = BACKTEST_MODELS.find((known) => known === name);
  if (model === undefined) {
    throw fail("REQUEST_INVALID", `--model is «${name}»; give one of ${BACKTEST_MODELS.join(", ")}.`);
  }
  return model;
}
