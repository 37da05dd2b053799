import { applyPool, type PoolModel } from "../../../algorithms/forecasting/global/forecast-pool.ts";
import type { PanelForecast } from "../../../algorithms/forecasting/global/panel-types.ts";

export interface ApplyPoolTask {
  readonly model: PoolModel;
  readonly histories: readonly Float64Array[];
}

/** Entry of a worker thread: forecasts some series of a fitted pool. */
export function apply({ model, histories }: ApplyPoolTask): PanelForecast[] {
  return applyPool(model, histories);
}
