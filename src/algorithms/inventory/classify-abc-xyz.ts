/** A sells most, C least; X sells evenly, Z erratically. */
export type StockClass = `${"A" | "B" | "C"}${"X" | "Y" | "Z"}`;

/** Cumulative shares of value up to which a product is A, then B. */
const A_SHARE = 0.8;
const B_SHARE = 0.95;
/** Coefficients of variation up to which demand is X, then Y. */
const X_VARIATION = 0.5;
const Y_VARIATION = 1;

/**
 * ABC by share of value (Pareto 80/95), XYZ by coefficient of variation of demand a step (0.5, 1).
 * Input: value a product (any currency, one for all), variation a product. O(n log n); ties keep their order.
 */
export function classifyAbcXyz(values: ArrayLike<number>, variations: ArrayLike<number>): StockClass[] {
  const order = Array.from({ length: values.length }, (_, at) => at).sort((a, b) => values[b] - values[a] || a - b);
  const total = order.reduce((sum, at) => sum + Math.max(0, values[at]), 0);
  const classes: StockClass[] = Array.from({ length: values.length }, () => "CZ");
  let before = 0;
  for (const at of order) {
    const share = total === 0 ? 1 : before / total;
    const abc = share < A_SHARE ? "A" : share < B_SHARE ? "B" : "C";
    const xyz = variations[at] <= X_VARIATION ? "X" : variations[at] <= Y_VARIATION ? "Y" : "Z";
    classes[at] = `${abc}${xyz}`;
    before += Math.max(0, values[at]);
  }
  return classes;
}
