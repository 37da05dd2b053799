import { groupPlaces } from "../../../core/group-places.ts";
import { fail } from "../../../core/errors.ts";
import { requireFinite } from "../../require-numbers.ts";
import type { BoostingCrew } from "../boosting/boosting-work.ts";
import { applyPool, fitPool, type PoolModel } from "./forecast-pool.ts";
import { isIntermittent } from "./is-intermittent.ts";
import { omitClosedSteps } from "./omit-closed-steps.ts";
import type { PanelForecast, PanelOutcome, PanelSeries, PastForecast, PoolReport } from "./panel-types.ts";

export interface PanelParams {
  readonly seed: number;
  /** Threads that grow trees together; the outcome does not depend on them. */
  readonly crew?: BoostingCrew;
}

/** A panel whose pools are fitted: what each series still needs is its pool's model. */
export interface FittedPanel extends Pick<PanelOutcome, "past" | "pools"> {
  readonly fitted: readonly { readonly model: PoolModel; readonly members: readonly number[] }[];
}

/**
 * The automatic forecast of many series: they are pooled by period, horizon and kind (regular or intermittent), each pool
 * chooses its ensemble on its own past, and all get prediction intervals.
 *
 * Input: at least one finite value a series. Output: a forecast a series, in order, finite, never negative where the history
 * never is, never beyond ten times the greatest absolute value; and a report a pool.
 * Errors: `ALGORITHM_INPUT_INVALID` for an empty series or a value that is not finite.
 */
export function forecastPanel(series: readonly PanelSeries[], params: PanelParams): PanelOutcome {
  const open = omitClosedSteps(series);
  const { fitted, past, pools } = fitPanel(open.series, params);
  return open.restore({ forecasts: applyPools(fitted, open.series), past, pools });
}

/** The second half of `forecastPanel`: a forecast a series of a fitted panel, in order. */
export function applyPools(fitted: FittedPanel["fitted"], series: readonly PanelSeries[]): PanelForecast[] {
  const forecasts: PanelForecast[] = [];
  for (const { model, members } of fitted) {
    const histories = members.map((index) => series[index].values);
    applyPool(model, histories).forEach((forecast, at) => (forecasts[members[at]] = forecast));
  }
  return forecasts;
}

/** The first half of `forecastPanel`: pools and fits. The second, `applyPool`, may run in parts and in other threads. */
export function fitPanel(series: readonly PanelSeries[], params: PanelParams): FittedPanel {
  const groups = groupPlaces(series, ({ values, period, horizon }, index) => {
    if (values.length === 0)
      throw fail("ALGORITHM_INPUT_INVALID", `series ${index} is empty; give at least one value.`);
    requireFinite(values, `series ${index}`);
    return `${isIntermittent(values, period) ? "intermittent" : "regular"} ${period} ${horizon}`;
  });
  const past: PastForecast[] = [];
  const pools: PoolReport[] = [];
  const fitted = [...groups].map(([key, members]) => {
    const kind = key.startsWith("regular") ? "regular" : "intermittent";
    const pool = members.map((index) => series[index]);
    const fit = fitPool(pool, kind, params.seed, params.crew);
    for (const one of fit.past) past.push({ ...one, index: members[one.index] });
    pools.push(fit.report);
    return { model: fit.model, members };
  });
  return { fitted, past, pools };
}
