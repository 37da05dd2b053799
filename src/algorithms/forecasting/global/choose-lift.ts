import type { SeriesScales } from "./series-scales.ts";

/** What a lift is chosen on: a forecast of one series, what came, and the scales of its history. */
export interface LiftCase extends Pick<SeriesScales, "squareScale" | "meanSize"> {
  readonly mean: Float64Array;
  readonly actual: Float64Array;
}

/** How far forecasts are lifted: times `factor`, then up by an amount; see `chooseLift`. */
export interface Lift {
  readonly factor: number;
  readonly rate: number;
  readonly power: number;
}

export const NO_LIFT: Lift = { factor: 1, rate: 0, power: 1 };

/** How much RMSSE a relative bias of 1 is worth when it is known from very many windows. */
const BIAS_PRICE = 0.066;
/** Bias that a few past windows cannot tell from none. */
const FREE_BIAS = 0.05;
const POWERS = [1, 2] as const;
/** No forecast is multiplied by more than this. */
const MOST_FACTOR = 2;
/** Beyond the factor no forecast is lifted by more than this many scales, or more than this many means. */
const MOST_SCALES = 0.5;
const MOST_MEANS = 5;
const REFINEMENTS = 12;

/**
 * Forecasts of least RMSSE lie below the mean demand, the further the rarer a product sells. The lift takes the bias back where
 * that costs least. A common factor keeps the proportions of what was learned; an amount of the squared scale over the mean is the
 * direction in which the mean relative bias falls most for a given rise of RMSSE of forecasts at their best, the cubed scale over the
 * squared mean favours the rare still more. Factor and amount are those of the least RMSSE + price · |bias| over the cases, one chosen
 * after the other. O(cases · steps) once, then O(cases) a try.
 * The bias of one window says little about the next: its price falls with fewer `windows`.
 */
export function chooseLift(cases: readonly LiftCase[], windows: number): Lift {
  const price = BIAS_PRICE * (1 - 1 / (windows + 1));
  const known = cases.filter(({ squareScale, meanSize }) => squareScale > 0 && meanSize > 0);
  if (known.length === 0) return NO_LIFT;
  const moments = known.map(measureMoments);
  const lossOf = (lift: Lift): number => {
    let [rmsse, bias] = [0, 0];
    known.forEach((one, at) => {
      const { forecast, actual, forecastSquare, product, actualSquare } = moments[at];
      const amount = liftOf(lift, one);
      const { factor } = lift;
      const distance = factor * forecast - actual;
      const squares =
        factor * (factor * forecastSquare - 2 * product) + actualSquare + amount * (2 * distance + amount);
      rmsse += Math.sqrt(Math.max(0, squares)) / one.squareScale;
      bias += (distance + amount) / one.meanSize;
    });
    return (rmsse + price * Math.max(0, Math.abs(bias) - FREE_BIAS * known.length)) / known.length;
  };
  const factor = 1 + descend((more) => lossOf({ ...NO_LIFT, factor: Math.min(MOST_FACTOR, 1 + more) }));
  let best: Lift = { ...NO_LIFT, factor: Math.min(MOST_FACTOR, factor) };
  let least = lossOf(best);
  for (const power of POWERS) {
    const lift = { factor: best.factor, rate: descend((rate) => lossOf({ factor: best.factor, rate, power })), power };
    const loss = lossOf(lift);
    if (loss < least) [best, least] = [lift, loss];
  }
  return best;
}

/** Means over the steps that make the squared error of any lift. */
interface LiftMoments {
  readonly forecast: number;
  readonly actual: number;
  readonly forecastSquare: number;
  readonly product: number;
  readonly actualSquare: number;
}

function measureMoments({ mean, actual }: LiftCase): LiftMoments {
  const averageOf = (valueAt: (step: number) => number): number =>
    actual.reduce((sum, _, step) => sum + valueAt(step), 0) / actual.length;
  return {
    forecast: averageOf((step) => mean[step]),
    actual: averageOf((step) => actual[step]),
    forecastSquare: averageOf((step) => mean[step] ** 2),
    product: averageOf((step) => mean[step] * actual[step]),
    actualSquare: averageOf((step) => actual[step] ** 2),
  };
}

/** The value above 0 of least loss, or 0: the loss is smooth and has one valley. First by doubling, then by halving the step. */
function descend(loss: (value: number) => number): number {
  let value = 1e-5;
  let step = 2;
  for (let turn = 0; turn < 40 && loss(value * 2) < loss(value); turn++) value *= 2;
  for (let turn = 0; turn < REFINEMENTS; turn++) {
    step = Math.sqrt(step);
    const [less, same, more] = [value / step, value, value * step].map(loss);
    if (less < same) value /= step;
    else if (more < same) value *= step;
  }
  return loss(value) < loss(0) ? value : 0;
}

/** The lifted forecast of a series, from the scales of its history. O(steps). */
export function applyLift(
  lift: Lift,
  mean: Float64Array,
  scales: Pick<SeriesScales, "squareScale" | "meanSize">,
): Float64Array {
  const amount = liftOf(lift, scales);
  return mean.map((value) => lift.factor * value + amount);
}

/** The amount to add to every step of a forecast after the factor, from the scales of its history; 0 where there are none. */
function liftOf(
  { rate, power }: Pick<Lift, "rate" | "power">,
  { squareScale, meanSize }: Pick<SeriesScales, "squareScale" | "meanSize">,
): number {
  if (!(rate > 0 && squareScale > 0 && meanSize > 0)) return 0;
  const wanted = rate * squareScale * (squareScale / meanSize) ** power;
  return Math.min(wanted, MOST_SCALES * squareScale, MOST_MEANS * meanSize);
}
