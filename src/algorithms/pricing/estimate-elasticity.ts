import { fitLeastSquares } from "./fit-least-squares.ts";
import { fitTweedieRegression } from "./fit-tweedie-regression.ts";

/** What a product sold at which price, a period after the other. */
export interface PriceHistory {
  readonly units: Float64Array;
  /** Above 0; the price asked, also in periods without a sale. */
  readonly price: Float64Array;
  /** Log of how much the season moves demand in each period; 0 for none. */
  readonly season: Float64Array;
  /** 1 in periods of promotion, else 0; missing where promotions are not to be told apart from price. */
  readonly promotion?: Float64Array;
}

export interface Elasticity {
  /** d log demand / d log price. */
  readonly elasticity: number;
  readonly error: number;
}

/** How a product's demand answers to its price, and to being promoted beside that. */
export interface PriceResponse extends Elasticity {
  /** Log of demand in periods of promotion over what their price alone explains; undefined where too few tell. */
  readonly promotion: PromotionPull | undefined;
}

export interface PromotionPull {
  readonly pull: number;
  readonly error: number;
}

/**
 * How units follow from price. log-log: least squares of log units in periods with a sale; the others fit the mean of all
 * periods through a log link, where variance goes as that mean (poisson) or as its 1.5th power (tweedie), as of few large orders.
 */
export type DemandLink = "poisson" | "tweedie" | "log-log";

/** Why an own elasticity cannot be told; rises-with-price: demand was greater at higher prices by more than chance, so price followed it. */
export type Refusal = "too-few-periods" | "too-few-units" | "price-never-varied" | "rises-with-price";

const POWERS = { poisson: 1, tweedie: 1.5 } as const;
/** Deviation of log price below which a price is taken as never changed: 2 %. */
const LEAST_VARIATION = 0.02;
const LEAST_PERIODS = 12;
const LEAST_UNITS = 10;
/** Periods of promotion, and of none, from which its own pull can be told from the price's. */
const LEAST_PROMOTED = 4;
/** No elasticity is known better: few periods may fit by chance. */
const LEAST_ERROR = 1e-3;

/**
 * A product's own elasticity: regression of units on log price by the link, with the season as offset and, where promotions
 * are told apart and frequent enough, their own pull beside it. Says why where the history cannot tell; periods without a sale count but for log-log. O(periods). Errors: those of fitTweedieRegression.
 */
export function estimateElasticity(history: PriceHistory, link: DemandLink = "poisson"): PriceResponse | Refusal {
  const { units, price, season } = history;
  if (units.length < LEAST_PERIODS) return "too-few-periods";
  if (units.reduce((sum, value) => sum + value, 0) < LEAST_UNITS) return "too-few-units";
  const isSeen = (_: number, period: number): boolean => link !== "log-log" || units[period] > 0;
  const logs = price.map(Math.log).filter(isSeen);
  if (logs.length < LEAST_PERIODS) return "too-few-periods";
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  const variance = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / logs.length;
  if (Math.sqrt(variance) < LEAST_VARIATION) return "price-never-varied";
  const columns = [new Float64Array(logs.length).fill(1), logs.map((value) => value - mean)];
  const promotion = history.promotion?.filter(isSeen);
  const promoted = promotion?.reduce((sum, mark) => sum + mark, 0) ?? 0;
  const isTold = promotion !== undefined && Math.min(promoted, logs.length - promoted) >= LEAST_PROMOTED;
  if (isTold) columns.push(promotion);
  const { coefficients, errors } =
    link === "log-log"
      ? fitLeastSquares(units.map((value, period) => Math.log(value) - season[period]).filter(isSeen), columns)
      : fitTweedieRegression(units, columns, season, { power: POWERS[link] });
  return {
    elasticity: coefficients[1],
    error: Math.max(LEAST_ERROR, errors[1]),
    promotion: isTold ? { pull: coefficients[2], error: Math.max(LEAST_ERROR, errors[2]) } : undefined,
  };
}
