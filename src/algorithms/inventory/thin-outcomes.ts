import { LEVEL_TERMS } from "./stock-level.ts";
import { pickOutcomes, type StockOutcomes } from "./stock-outcomes.ts";

/** Outcomes up to these are all kept; of more, at most so many great and so many usual ones. */
const MAX_ROWS = 12_000;
const MAX_GREAT = 9000;
const MAX_USUAL = 6000;

/**
 * Fewer outcomes that say about the same of a level: an even sample of those whose demand over lead time and review was at most
 * what was expected and one yardstick more, another, denser, of those beyond, each weighing as much more as there are fewer of it.
 * A level that is rarely exceeded is told by great demands; of the usual ones it needs to know little but their number.
 * O(count).
 */
export function thinOutcomes(outcomes: StockOutcomes): StockOutcomes {
  if (outcomes.count <= MAX_ROWS) return outcomes;
  const rows = Array.from({ length: outcomes.count }, (_, at) => at);
  const isGreat = (at: number): boolean => {
    const [expected, yardstick] = [outcomes.described[at * LEVEL_TERMS + 2], outcomes.described[at * LEVEL_TERMS + 3]];
    return outcomes.leadAndReview[at] > expected + yardstick;
  };
  const great = thinTo(rows.filter(isGreat), MAX_GREAT);
  const usual = thinTo(
    rows.filter((at) => !isGreat(at)),
    MAX_USUAL,
  );
  const thinned = pickOutcomes(outcomes, [...great.rows, ...usual.rows]);
  thinned.weight.forEach((weight, at) => {
    thinned.weight[at] = weight * (at < great.rows.length ? great.stride : usual.stride);
  });
  return thinned;
}

/** Every so manieth row, so that at most `most` are left. */
function thinTo(rows: readonly number[], most: number): { readonly rows: readonly number[]; readonly stride: number } {
  const stride = Math.max(1, Math.ceil(rows.length / most));
  return { rows: rows.filter((_, at) => at % stride === 0), stride };
}
