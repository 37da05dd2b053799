/** Forecasts of one series from one origin and what came. */
export interface ValidationCase {
  /** A row a member. */
  readonly members: readonly Float64Array[];
  readonly actual: Float64Array;
  /** What absolute errors are divided by (MASE); 0 where there is no scale. */
  readonly absoluteScale: number;
  /** What root mean squared errors are divided by (RMSSE); 0 where there is no scale. */
  readonly squareScale: number;
  /** What the bias is divided by; 0 where there is no scale. */
  readonly meanSize: number;
}

/** Bias that a few past windows cannot tell from none. */
const FREE_BIAS = 0.05;

/**
 * Loss of a combination over a pool, lower is better. Regular: mean of sMAPE and MASE, each relative to member 0 so that
 * they weigh the same; intermittent: mean RMSSE and, at `biasPrice`, the size of the mean bias relative to the demand of the history.
 * O(cases · horizon · members in use).
 */
export function createPoolObjective(
  cases: readonly ValidationCase[],
  kind: "regular" | "intermittent",
  biasPrice = 0,
): (weights: Float64Array) => number {
  if (kind === "intermittent") return (weights) => measureIntermittent(cases, weights, biasPrice);
  const first = new Float64Array(cases[0]?.members.length ?? 1);
  first[0] = 1;
  const [smape, mase] = measureRegular(cases, first);
  return (weights) => {
    const [ownSmape, ownMase] = measureRegular(cases, weights);
    return ownSmape / Math.max(smape, 1e-9) + ownMase / Math.max(mase, 1e-9);
  };
}

function measureRegular(cases: readonly ValidationCase[], weights: Float64Array): [number, number] {
  let [smape, mase, scaled] = [0, 0, 0];
  for (const { members, actual, absoluteScale } of cases) {
    let [relative, absolute] = [0, 0];
    for (let step = 0; step < actual.length; step++) {
      const value = combine(members, weights, step);
      const error = Math.abs(value - actual[step]);
      const size = Math.abs(value) + Math.abs(actual[step]);
      if (size > 0) relative += (200 * error) / size;
      absolute += error;
    }
    smape += relative / actual.length;
    if (absoluteScale > 0) {
      mase += absolute / actual.length / absoluteScale;
      scaled++;
    }
  }
  return [smape / Math.max(1, cases.length), mase / Math.max(1, scaled)];
}

function measureIntermittent(cases: readonly ValidationCase[], weights: Float64Array, biasPrice: number): number {
  let [rmsse, bias, scaled] = [0, 0, 0];
  let values = new Float64Array(0);
  for (const { members, actual, squareScale, meanSize } of cases) {
    if (!(squareScale > 0)) continue;
    const steps = actual.length;
    if (values.length < steps) values = new Float64Array(steps);
    values.fill(0, 0, steps);
    for (let member = 0; member < weights.length; member++) {
      const weight = weights[member];
      if (!(weight > 0)) continue;
      const row = members[member];
      for (let step = 0; step < steps; step++) values[step] += weight * row[step];
    }
    let [squares, sum] = [0, 0];
    for (let step = 0; step < steps; step++) {
      const error = values[step] - actual[step];
      squares += error * error;
      sum += error;
    }
    if (meanSize > 0) bias += sum / steps / meanSize;
    rmsse += Math.sqrt(squares / steps) / squareScale;
    scaled++;
  }
  const count = Math.max(1, scaled);
  return rmsse / count + biasPrice * Math.max(0, Math.abs(bias) / count - FREE_BIAS);
}

function combine(members: readonly Float64Array[], weights: Float64Array, step: number): number {
  let value = 0;
  for (let member = 0; member < weights.length; member++) {
    if (weights[member] > 0) value += weights[member] * members[member][step];
  }
  return value;
}
