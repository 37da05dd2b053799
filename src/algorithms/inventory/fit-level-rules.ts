import { fitLevelQuantile } from "./fit-level-quantile.ts";
import type { StockRule } from "./stock-level.ts";
import type { StockOutcomes } from "./stock-outcomes.ts";
import { thinOutcomes } from "./thin-outcomes.ts";

/**
 * A rule for each chance that demand stays below its level: the mean of two quantile regressions, one with the newest demand
 * among its terms and one without. What the newest steps say is true of part of the products alone, and a fit that weighs it fully
 * follows the last half year too closely.
 *
 * Input: outcomes, at least as many as terms; chances in (0, 1), in order, as each fit starts from the one before.
 * O(chances · cost of a fit). See fitLevelQuantile.
 */
export function fitLevelRules(outcomes: StockOutcomes, chances: readonly number[]): StockRule[] {
  const telling = thinOutcomes(outcomes);
  let [without, within]: (StockRule | undefined)[] = [];
  return chances.map((chance) => {
    const plain = fitLevelQuantile(telling, chance, without, false);
    const told = fitLevelQuantile(telling, chance, within ?? plain, true);
    [without, within] = [plain, told];
    return plain.map((weight, term) => (weight + told[term]) / 2);
  });
}
