import type { SeriesScales } from "./series-scales.ts";

/** What a lift is chosen on: a forecast of one series, what came, and the scales of its history. */
export interface LiftCase extends Pick<SeriesScales, "squareScale" | "meanSize"> {
  readonly mean: Float64Array;
  readonly actual: Float64Array;
}

/** How far forecasts are lifted; see `chooseLift`. */
export interface Lift {
  readonly rate: number;
  readonly power: number;
}

export const NO_LIFT: Lift = { rate: 0, power: 1 };

/** How much RMSSE a relative bias of 1 is worth. */
const BIAS_PRICE = 0.03;
/** Bias that a few past windows cannot tell from none. */
const FREE_BIAS = 0.05;
const POWERS = [1, 2] as const;
/** No forecast is lifted by more than this many scales, or more than this many means. */
const MOST_SCALES = 0.5;
const MOST_MEANS = 5;
const REFINEMENTS = 12;

/**
 * Forecasts of least RMSSE lie below the mean demand, the further the rarer a product sells. The lift takes the bias back where
 * that costs least: the squared scale over the mean is the direction in which the mean relative bias falls most for a given
 * rise of RMSSE, the cubed scale over the squared mean favours the rare still more. The rate and the power are those of the least
 * RMSSE + price · |bias| over the cases: a bias is lifted as far as it is cheap. O(cases · steps) once, then O(cases) a try.
 * Needs cases from several origins: the bias of one window says little about the next.
 */
export function chooseLift(cases: readonly LiftCase[]): Lift {
  const known = cases.filter(({ squareScale, meanSize }) => squareScale > 0 && meanSize > 0);
  if (known.length === 0) return NO_LIFT;
  const squares = Float64Array.from(known, ({ mean, actual, squareScale }) => {
    const sum = actual.reduce((all, value, step) => all + (mean[step] - value) ** 2, 0);
    return sum / actual.length / squareScale ** 2;
  });
  const distances = Float64Array.from(
    known,
    ({ mean, actual }) => actual.reduce((sum, value, step) => sum + mean[step] - value, 0) / actual.length,
  );
  const lossOf = (rate: number, power: number): number => {
    let [rmsse, bias] = [0, 0];
    known.forEach((one, at) => {
      const amount = liftOf({ rate, power }, one);
      const lifted = amount / one.squareScale;
      rmsse += Math.sqrt(Math.max(0, squares[at] + (2 * lifted * distances[at]) / one.squareScale + lifted * lifted));
      bias += (distances[at] + amount) / one.meanSize;
    });
    return (rmsse + BIAS_PRICE * Math.max(0, Math.abs(bias) - FREE_BIAS * known.length)) / known.length;
  };
  let best = { loss: lossOf(0, 1), rate: 0, power: 1 };
  for (const power of POWERS) {
    // The loss is smooth and has one valley: first by doubling, then by halving the step.
    let rate = 1e-5;
    let step = 2;
    for (let turn = 0; turn < 40 && lossOf(rate * 2, power) < lossOf(rate, power); turn++) rate *= 2;
    for (let turn = 0; turn < REFINEMENTS; turn++) {
      step = Math.sqrt(step);
      const [less, same, more] = [rate / step, rate, rate * step].map((one) => lossOf(one, power));
      if (less < same) rate /= step;
      else if (more < same) rate *= step;
    }
    const loss = lossOf(rate, power);
    if (loss < best.loss) best = { loss, rate, power };
  }
  return { rate: best.rate, power: best.power };
}

/** The amount to add to every step of a forecast, from the scales of its history; 0 where there are none. */
export function liftOf(
  { rate, power }: Lift,
  { squareScale, meanSize }: Pick<SeriesScales, "squareScale" | "meanSize">,
): number {
  if (!(rate > 0 && squareScale > 0 && meanSize > 0)) return 0;
  const wanted = rate * squareScale * (squareScale / meanSize) ** power;
  return Math.min(wanted, MOST_SCALES * squareScale, MOST_MEANS * meanSize);
}
