import { CHANCES, type LeadTimeDemand, readQuantiles } from "./lead-time-demand.ts";
import type { DemandSums } from "./stock-level.ts";

export interface StockoutRisk {
  /** Probability that demand until the next delivery is more than there is. */
  readonly probability: number;
  /** Units expected to be asked for then and not there. */
  readonly shortage: number;
}

/**
 * What a product risks until the next delivery with so many units there, from its quantiles: straight between them, an
 * exponential tail beyond the last. O(chances). Expected demand is a step's.
 */
export function assessStockout(
  demand: LeadTimeDemand,
  sums: DemandSums,
  expectedPerStep: number,
  units: number,
): StockoutRisk {
  const quantiles = readQuantiles(demand, sums, expectedPerStep);
  const there = Math.max(0, units);
  let [probability, shortage] = [0, 0];
  let [level, above] = [0, 1];
  let slope = 1;
  CHANCES.forEach((chance, at) => {
    const next = quantiles[at];
    const left = 1 - chance;
    if (next > level) slope = (next - level) / Math.log(above / left);
    if (there >= level && there < next) {
      probability = above + ((there - level) / (next - level)) * (left - above);
      shortage += ((next - there) * (probability + left)) / 2;
    } else if (there < level) {
      shortage += ((next - level) * (above + left)) / 2;
    }
    level = next;
    above = left;
  });
  const scale = level > 0 ? slope : 0;
  const tail = above * (there > level ? Math.exp(-(there - level) / Math.max(scale, Number.MIN_VALUE)) : 1);
  if (there >= level) probability = scale > 0 ? tail : 0;
  return { probability, shortage: shortage + tail * scale };
}
