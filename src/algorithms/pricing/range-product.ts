/** The middle 95 % of what may come. */
const EDGE = 0.025;

/**
 * The interval of 95 % of a · b, where a and b are independent and each is given by equally likely outcomes. Between two
 * products next to each other it is straight. O(n·m log(n·m)) for n and m outcomes, at least one of each.
 */
export function rangeProduct(a: Float64Array, b: Float64Array): { readonly low: number; readonly high: number } {
  const products = new Float64Array(a.length * b.length);
  for (let i = 0; i < a.length; i++) for (let j = 0; j < b.length; j++) products[i * b.length + j] = a[i] * b[j];
  products.sort();
  return { low: readAt(products, EDGE), high: readAt(products, 1 - EDGE) };
}

/** Outcome i of n has (i + 0.5) / n below it. */
function readAt(sorted: Float64Array, share: number): number {
  const place = Math.min(sorted.length - 1, Math.max(0, share * sorted.length - 0.5));
  const whole = Math.floor(place);
  const next = Math.min(sorted.length - 1, whole + 1);
  return sorted[whole] + (place - whole) * (sorted[next] - sorted[whole]);
}
