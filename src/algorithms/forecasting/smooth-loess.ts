/**
 * Local linear regression with tricube weights over the `window` nearest values, at every place from `from` to before `to`
 * (a place before 0 or after the last value extrapolates). A window longer than the series widens the weights instead.
 * O((to − from) · window). Source: Cleveland et al. (1990).
 */
export function smoothLoess(values: Float64Array, window: number, from: number, to: number): Float64Array {
  const n = values.length;
  const taken = Math.min(window, n);
  const widening = window > n ? (window - n) / 2 : 0;
  const smooth = new Float64Array(to - from);
  for (let place = from; place < to; place++) {
    const left = Math.min(n - taken, Math.max(0, place - ((taken - 1) >> 1)));
    const right = left + taken - 1;
    const reach = Math.max(place - left, right - place) + widening;
    let [sum, first, second, value, cross] = [0, 0, 0, 0, 0];
    for (let at = left; at <= right; at++) {
      const distance = at - place;
      const share = Math.abs(distance) / reach;
      if (share > 0.999) continue;
      const cubed = 1 - share * share * share;
      const weight = share < 0.001 ? 1 : cubed * cubed * cubed;
      sum += weight;
      first += weight * distance;
      second += weight * distance * distance;
      value += weight * values[at];
      cross += weight * distance * values[at];
    }
    const spread = sum * second - first * first;
    // Where one value alone carries weight there is no slope to take.
    smooth[place - from] =
      spread > 1e-9 * sum * second ? (second * value - first * cross) / spread : sum > 0 ? value / sum : values[left];
  }
  return smooth;
}
