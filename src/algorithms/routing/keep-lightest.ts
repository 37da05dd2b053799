/**
 * Lists the `width` tasks of least weight in a row of weights, but for `task` itself, lightest first, at `task · width` of `list`; of equal
 * ones the earlier. Those of infinite weight are left out, their places as they were. `weights` is room for `width` numbers. O(row · width).
 */
export function keepLightest(
  row: Float64Array,
  task: number,
  list: Int32Array,
  width: number,
  weights: Float64Array,
): void {
  const first = task * width;
  let found = 0;
  let bound = Infinity;
  for (let other = 0; other < row.length; other++) {
    const value = row[other];
    if (value >= bound || other === task) continue;
    let at = found < width ? found++ : width - 1;
    for (; at > 0 && weights[at - 1] > value; at--) {
      weights[at] = weights[at - 1];
      list[first + at] = list[first + at - 1];
    }
    weights[at] = value;
    list[first + at] = other;
    if (found === width) bound = weights[width - 1];
  }
}
