/**
 * Equally likely outcomes of an amount that is known by its quantiles: straight between them, from 0 below the first, an
 * exponential tail beyond the last.
 *
 * Input: ascending chances in (0, 1), and for each what outcomes stay below with that chance, never falling. O(count + chances).
 */
export function spreadOutcomes(chances: ArrayLike<number>, levels: ArrayLike<number>, count: number): Float64Array {
  const last = chances.length - 1;
  let rise = 1;
  let [chance, level] = [0, 0];
  for (let at = 0; at <= last; at++) {
    if (levels[at] > level) rise = (levels[at] - level) / Math.log((1 - chance) / (1 - chances[at]));
    [chance, level] = [chances[at], levels[at]];
  }
  const scale = level > 0 ? rise : 0;
  const outcomes = new Float64Array(count);
  let at = 0;
  for (let place = 0; place < count; place++) {
    const share = (place + 0.5) / count;
    while (at <= last && chances[at] < share) at++;
    if (at > last) {
      outcomes[place] = levels[last] + scale * Math.log((1 - chances[last]) / (1 - share));
      continue;
    }
    const [below, floor] = at === 0 ? [0, 0] : [chances[at - 1], levels[at - 1]];
    outcomes[place] = floor + ((share - below) / (chances[at] - below)) * (levels[at] - floor);
  }
  return outcomes;
}
