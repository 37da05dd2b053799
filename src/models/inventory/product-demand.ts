/** Products are forecast by week. */
export const STEP_DAYS = 7;

/** Weekly demand of a product, as the release knows it. */
export interface ProductDemand {
  readonly productId: string;
  /** Units a week, oldest first, at most a year. */
  readonly history: Float64Array;
  /** Units expected a week from now on. */
  readonly expected: Float64Array;
  readonly method: string;
}

/** Mean units a week over the days to come; over all that were forecast where no days are given. */
export function expectAhead({ expected }: Pick<ProductDemand, "expected">, days = Infinity): number {
  const ahead = expected.subarray(0, Math.max(1, Math.min(expected.length, Math.ceil(days / STEP_DAYS))));
  return ahead.reduce((sum, units) => sum + units, 0) / Math.max(1, ahead.length);
}
