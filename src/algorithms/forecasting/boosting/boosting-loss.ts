/** What the trees minimise. `tweedie` has a variance power in (1, 2); `quantile` a level in (0, 1). */
export type BoostingLoss =
  | { readonly name: "squared" }
  | { readonly name: "poisson" }
  | { readonly name: "tweedie"; readonly power: number }
  | { readonly name: "quantile"; readonly level: number };

/** Scores of a log link stay within ±this, so that their exponentials stay finite. */
const MAX_LOG = 30;

/** True where the score is the logarithm of the mean. */
export function hasLogLink(loss: BoostingLoss): boolean {
  return loss.name === "poisson" || loss.name === "tweedie";
}

/** The constant score that fits best: the (log of the) weighted mean, or the weighted quantile. O(n). */
export function startScore(loss: BoostingLoss, target: Float64Array, weight: Float64Array): number {
  if (loss.name === "quantile") return weightedQuantile(target, weight, loss.level);
  let [sum, total] = [0, 0];
  for (let row = 0; row < target.length; row++) {
    sum += weight[row] * target[row];
    total += weight[row];
  }
  const mean = total > 0 ? sum / total : 0;
  return hasLogLink(loss) ? Math.max(-MAX_LOG, Math.log(Math.max(mean, 1e-12))) : mean;
}

/**
 * First and second derivative of the loss by the score, times the row weight. Without a log link the second is the weight itself, whatever
 * the score: it is not written then. O(n), no allocation.
 */
export function fillGradients(
  loss: BoostingLoss,
  target: Float64Array,
  weight: Float64Array,
  score: Float64Array,
  gradient: Float64Array,
  hessian: Float64Array,
): void {
  const n = target.length;
  if (loss.name === "squared") {
    for (let row = 0; row < n; row++) {
      gradient[row] = weight[row] * (score[row] - target[row]);
    }
  } else if (loss.name === "poisson") {
    for (let row = 0; row < n; row++) {
      const mean = Math.exp(clampLog(score[row]));
      gradient[row] = weight[row] * (mean - target[row]);
      hessian[row] = weight[row] * mean;
    }
  } else if (loss.name === "tweedie") {
    const power = loss.power;
    for (let row = 0; row < n; row++) {
      const at = clampLog(score[row]);
      const first = target[row] * Math.exp((1 - power) * at);
      const second = Math.exp((2 - power) * at);
      gradient[row] = weight[row] * (second - first);
      hessian[row] = weight[row] * ((2 - power) * second + (power - 1) * first);
    }
  } else {
    for (let row = 0; row < n; row++) {
      gradient[row] = weight[row] * (score[row] < target[row] ? -loss.level : 1 - loss.level);
    }
  }
}

/** Weighted mean loss, up to a constant of the target. O(n). */
export function meanLoss(loss: BoostingLoss, target: Float64Array, weight: Float64Array, score: Float64Array): number {
  let [sum, total] = [0, 0];
  for (let row = 0; row < target.length; row++) {
    sum += weight[row] * rowLoss(loss, target[row], score[row]);
    total += weight[row];
  }
  return total > 0 ? sum / total : 0;
}

function rowLoss(loss: BoostingLoss, target: number, score: number): number {
  if (loss.name === "squared") return 0.5 * (score - target) ** 2;
  if (loss.name === "poisson") return Math.exp(clampLog(score)) - target * clampLog(score);
  if (loss.name === "quantile") {
    return target > score ? loss.level * (target - score) : (1 - loss.level) * (score - target);
  }
  const at = clampLog(score);
  const { power } = loss;
  return Math.exp((2 - power) * at) / (2 - power) - (target * Math.exp((1 - power) * at)) / (1 - power);
}

/** The least value that at least `level` of the weight does not exceed; 0 where there is none. O(n) on average. */
export function weightedQuantile(values: Float64Array, weight: Float64Array, level: number): number {
  return weightedQuantileInPlace(values.slice(), weight.slice(), values.length, level);
}

/**
 * The same of the first `count` values, which change places with their weights on the way: the part that holds it
 * is narrowed around pivots, as in quickselect (Hoare, 1961), by weight.
 */
export function weightedQuantileInPlace(
  own: Float64Array,
  weights: Float64Array,
  count: number,
  level: number,
): number {
  if (count === 0) return 0;
  let total = 0;
  for (let at = 0; at < count; at++) total += weights[at];
  const wanted = level * total;
  let [low, high, before] = [0, count - 1, 0];
  for (;;) {
    const pivot = middleOf(own[low], own[(low + high) >> 1], own[high]);
    // Smaller ones to the left of `less`, greater ones to the right of `more`.
    let less = low;
    let at = low;
    let more = high;
    let below = 0;
    let equal = 0;
    while (at <= more) {
      const value = own[at];
      const size = weights[at];
      if (value < pivot) {
        below += size;
        own[at] = own[less];
        weights[at++] = weights[less];
        own[less] = value;
        weights[less++] = size;
      } else if (value > pivot) {
        own[at] = own[more];
        weights[at] = weights[more];
        own[more] = value;
        weights[more--] = size;
      } else {
        equal += size;
        at++;
      }
    }
    if (less > low && before + below >= wanted) high = less - 1;
    else if (more === high || before + below + equal >= wanted) return pivot;
    else {
      before += below + equal;
      low = more + 1;
    }
  }
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

function clampLog(score: number): number {
  return score > MAX_LOG ? MAX_LOG : score < -MAX_LOG ? -MAX_LOG : score;
}
