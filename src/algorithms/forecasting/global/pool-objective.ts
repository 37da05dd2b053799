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

/** What an ensemble of a pool is chosen by. All steps of all cases stand one after the other. */
export interface PoolObjective {
  /** The forecasts of each member. */
  readonly members: readonly Float64Array[];
  /** Loss of a forecast, lower is better. O(steps). */
  readonly loss: (values: Float64Array) => number;
}

/** What the cases of a pool share, flat. */
interface FlatCases {
  readonly actual: Float64Array;
  /** Where the steps of each case begin; at the end, where those of the last one end. */
  readonly starts: Int32Array;
  readonly cases: readonly ValidationCase[];
}

/**
 * Loss over a pool. Regular: mean of sMAPE and MASE, each relative to member 0 so that
 * they weigh the same; intermittent: mean RMSSE and, at `biasPrice`, the size of the mean bias relative to the demand of the history.
 * Time and memory O(cases · horizon · members).
 */
export function createPoolObjective(
  cases: readonly ValidationCase[],
  kind: "regular" | "intermittent",
  biasPrice = 0,
): PoolObjective {
  const starts = new Int32Array(cases.length + 1);
  cases.forEach(({ actual }, at) => (starts[at + 1] = starts[at] + actual.length));
  const actual = new Float64Array(starts[cases.length]);
  const members = (cases[0]?.members ?? []).map(() => new Float64Array(actual.length));
  cases.forEach((one, at) => {
    actual.set(one.actual, starts[at]);
    members.forEach((row, member) => row.set(one.members[member].subarray(0, one.actual.length), starts[at]));
  });
  const flat = { actual, starts, cases };
  if (kind === "intermittent") return { members, loss: (values) => measureIntermittent(flat, values, biasPrice) };
  const [smape, mase] = measureRegular(flat, members[0] ?? actual);
  return {
    members,
    loss: (values) => {
      const [ownSmape, ownMase] = measureRegular(flat, values);
      return ownSmape / Math.max(smape, 1e-9) + ownMase / Math.max(mase, 1e-9);
    },
  };
}

function measureRegular({ actual, starts, cases }: FlatCases, values: Float64Array): [number, number] {
  let [smape, mase, scaled] = [0, 0, 0];
  for (let at = 0; at < cases.length; at++) {
    const [from, to] = [starts[at], starts[at + 1]];
    const { absoluteScale } = cases[at];
    let [relative, absolute] = [0, 0];
    for (let step = from; step < to; step++) {
      const error = Math.abs(values[step] - actual[step]);
      const size = Math.abs(values[step]) + Math.abs(actual[step]);
      if (size > 0) relative += (200 * error) / size;
      absolute += error;
    }
    smape += relative / (to - from);
    if (absoluteScale > 0) {
      mase += absolute / (to - from) / absoluteScale;
      scaled++;
    }
  }
  return [smape / Math.max(1, cases.length), mase / Math.max(1, scaled)];
}

function measureIntermittent({ actual, starts, cases }: FlatCases, values: Float64Array, biasPrice: number): number {
  let [rmsse, bias, scaled] = [0, 0, 0];
  for (let at = 0; at < cases.length; at++) {
    const { squareScale, meanSize } = cases[at];
    if (!(squareScale > 0)) continue;
    const [from, to] = [starts[at], starts[at + 1]];
    let [squares, sum] = [0, 0];
    for (let step = from; step < to; step++) {
      const error = values[step] - actual[step];
      squares += error * error;
      sum += error;
    }
    if (meanSize > 0) bias += sum / (to - from) / meanSize;
    rmsse += Math.sqrt(squares / (to - from)) / squareScale;
    scaled++;
  }
  const count = Math.max(1, scaled);
  return rmsse / count + biasPrice * Math.max(0, Math.abs(bias) / count - FREE_BIAS);
}
