import { fail } from "../../../core/errors.ts";
import type { PanelForecast } from "../global/panel-types.ts";
import { reconcileForecasts, structuralVariances } from "./reconcile-forecasts.ts";
import { sumBottom, type SummingStructure } from "./summing-structure.ts";

/**
 * How base forecasts are made to add up. bottomUp: those of the bottom series are summed. The others move all nodes, each
 * the less the smaller its variance is taken to be: ols, the same for all; wlsStructural, the number of series in the node;
 * topAligned, one over that number, so that the sums hardly move; wlsVariance, what the node's interval tells.
 */
export const RECONCILIATIONS = ["bottomUp", "ols", "wlsStructural", "wlsVariance", "topAligned"] as const;
export type Reconciliation = (typeof RECONCILIATIONS)[number];

/** Standard deviations that an interval of 95 % of a normal error spans. */
const WIDTH_95 = 3.92;
/** Deviations below this share of the mean deviation weigh as if they were that great. */
const LEAST_SHARE = 1e-3;
/** A bound follows its mean by no more than this factor. */
const LARGEST_RATIO = 5;

/**
 * Point forecasts of all nodes that add up at every step, and their intervals around the new means: bounds keep their ratio
 * to the mean where the base is above 0 and nothing may be negative, else their distance.
 *
 * Input: a forecast a node, bottom series first, as `structure` numbers them, all of one horizon. No test value is needed:
 * the variances of wlsVariance are those of the conformal intervals, which come from errors of earlier origins.
 * O(horizon · rounds · iterations · members). Errors: `ALGORITHM_INPUT_INVALID` for another number of forecasts than nodes.
 */
export function reconcilePanel(
  structure: SummingStructure,
  forecasts: readonly PanelForecast[],
  method: Reconciliation,
  isNonNegative = true,
): PanelForecast[] {
  const { nodeCount, bottomCount } = structure;
  if (forecasts.length !== nodeCount) {
    throw fail("ALGORITHM_INPUT_INVALID", `there are ${forecasts.length} forecasts for ${nodeCount} nodes.`);
  }
  const horizon = forecasts[0]?.mean.length ?? 0;
  const variances = nodeVariances(structure, forecasts, method);
  const means = forecasts.map(() => new Float64Array(horizon));
  for (let step = 0; step < horizon; step++) {
    const base = Float64Array.from(forecasts, ({ mean }) => mean[step]);
    const coherent =
      variances === undefined
        ? sumBottom(structure, base.subarray(0, bottomCount))
        : reconcileForecasts(structure, base, variances, isNonNegative);
    coherent.forEach((value, node) => (means[node][step] = value));
  }
  return forecasts.map((forecast, node) => moveForecast(forecast, means[node], isNonNegative));
}

function nodeVariances(
  structure: SummingStructure,
  forecasts: readonly PanelForecast[],
  method: Reconciliation,
): Float64Array | undefined {
  if (method === "bottomUp") return undefined;
  if (method === "ols") return new Float64Array(structure.nodeCount).fill(1);
  if (method === "wlsStructural") return structuralVariances(structure);
  if (method === "topAligned") return structuralVariances(structure).map((size) => 1 / size);
  const deviations = forecasts.map(({ lower95, upper95 }) => {
    const width = upper95.reduce((sum, upper, step) => sum + upper - lower95[step], 0) / upper95.length;
    return width / WIDTH_95;
  });
  const mean = deviations.reduce((sum, deviation) => sum + deviation, 0) / deviations.length;
  const least = mean > 0 ? LEAST_SHARE * mean : 1;
  return Float64Array.from(deviations, (deviation) => Math.max(deviation, least) ** 2);
}

function moveForecast(base: PanelForecast, mean: Float64Array, isNonNegative: boolean): PanelForecast {
  const move = (bound: Float64Array): Float64Array =>
    bound.map((value, step) => {
      const [before, after] = [base.mean[step], mean[step]];
      if (!isNonNegative) return value + after - before;
      return before > 0 ? value * Math.min(LARGEST_RATIO, after / before) : value;
    });
  return {
    mean,
    lower95: move(base.lower95),
    lower80: move(base.lower80),
    lower50: move(base.lower50),
    median: move(base.median),
    upper50: move(base.upper50),
    upper80: move(base.upper80),
    upper95: move(base.upper95),
  };
}
