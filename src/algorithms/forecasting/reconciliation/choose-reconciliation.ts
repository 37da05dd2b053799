import type { PanelForecast, PastForecast } from "../global/panel-types.ts";
import { RECONCILIATIONS, type Reconciliation, reconcilePanel } from "./reconcile-panel.ts";
import type { SummingStructure } from "./summing-structure.ts";

/** Where no past window tells: keeps what every level knows. */
const DEFAULT: Reconciliation = "ols";

/**
 * The reconciliation under which the worst level, by root mean squared error relative to the base forecasts, was best on the
 * windows that the base forecasts were validated on; `ols` where no window has a forecast of every node.
 *
 * Input: the series and forecasts of all nodes (as `structure` numbers them) and the past forecasts of the panel. Nothing
 * after the end of the series is needed. O(windows · methods · cost of `reconcilePanel`).
 */
export function chooseReconciliation(
  structure: SummingStructure,
  series: readonly Float64Array[],
  forecasts: readonly PanelForecast[],
  past: readonly PastForecast[],
  isNonNegative = true,
): Reconciliation {
  const windows = collectWindows(series, forecasts, past);
  if (windows.length === 0) return DEFAULT;
  const levels = structure.levelPtr.length - 1;
  const measure = (rivals: readonly (readonly PanelForecast[])[]): Float64Array => {
    const squares = new Float64Array(levels);
    rivals.forEach((rival, at) => {
      const { back } = windows[at];
      for (let level = 0; level < levels; level++) {
        for (let node = structure.levelPtr[level]; node < structure.levelPtr[level + 1]; node++) {
          const origin = series[node].length - back;
          rival[node].mean.forEach((value, step) => (squares[level] += (value - series[node][origin + step]) ** 2));
        }
      }
    });
    return squares;
  };
  const base = measure(windows.map(({ forecasts }) => forecasts));
  let [best, least] = [DEFAULT, Number.POSITIVE_INFINITY];
  for (const method of RECONCILIATIONS) {
    const own = measure(windows.map(({ forecasts }) => reconcilePanel(structure, forecasts, method, isNonNegative)));
    const worst = Math.max(...Array.from(base, (error, level) => (error > 0 ? own[level] / error : 1)));
    if (worst < least) [best, least] = [method, worst];
  }
  return best;
}

/** Windows, named by how far before the end they begin, for which every node has a forecast; intervals are today's. */
function collectWindows(
  series: readonly Float64Array[],
  forecasts: readonly PanelForecast[],
  past: readonly PastForecast[],
): { readonly back: number; readonly forecasts: PanelForecast[] }[] {
  const byBack = new Map<number, PanelForecast[]>();
  for (const { index, origin, mean } of past) {
    const back = series[index].length - origin;
    const window = byBack.get(back) ?? [];
    window[index] = { ...forecasts[index], mean };
    byBack.set(back, window);
  }
  return [...byBack]
    .filter(([, window]) => series.every((_, node) => window[node] !== undefined))
    .map(([back, window]) => ({ back, forecasts: window }));
}
