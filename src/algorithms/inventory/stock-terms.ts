/** What a stock is to achieve. */
export interface ServiceTarget {
  /** fill: share of demand served from stock; cycle: share of review cycles without a stock-out. */
  readonly kind: "fill" | "cycle";
  /** Above 0, below 1. */
  readonly share: number;
  /** Who is to meet it; missing: product. */
  readonly scope?: TargetScope;
}

/**
 * product: steady products near the target by themselves, all others together; assortment: all products together, with the
 * least stock, steady ones far above and erratic ones below the target.
 */
export type TargetScope = "product" | "assortment";

/** When a stock is looked at and how long an order takes, in steps of the demand history. */
export interface StockTerms {
  /** Mean and deviation of the time from order to receipt. */
  readonly leadTimeSteps: number;
  readonly leadTimeDeviationSteps: number;
  /** Between two looks at the stock. */
  readonly reviewSteps: number;
  readonly target: ServiceTarget;
}

/** Lead times that stand for their distribution, with weights: the three points of Gauss–Hermite quadrature. */
export function leadTimeNodes(terms: StockTerms): { readonly steps: number; readonly weight: number }[] {
  const { leadTimeSteps: mean, leadTimeDeviationSteps: deviation } = terms;
  if (deviation === 0) return [{ steps: mean, weight: 1 }];
  const spread = Math.sqrt(3) * deviation;
  return [
    { steps: Math.max(0, mean - spread), weight: 1 / 6 },
    { steps: mean, weight: 4 / 6 },
    { steps: mean + spread, weight: 1 / 6 },
  ];
}

/** Lead times that orders take in turn in a replay, so that it sees the deviation without a random draw. */
export function listLeadTimes({ leadTimeSteps, leadTimeDeviationSteps }: StockTerms): number[] {
  const deviations = leadTimeDeviationSteps === 0 ? [0] : [0, 1, 0, -1];
  return deviations.map((step) => Math.max(0, leadTimeSteps + step * Math.SQRT2 * leadTimeDeviationSteps));
}
