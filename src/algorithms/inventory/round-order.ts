import { requireAtLeast } from "../require-numbers.ts";

export interface OrderTerms {
  /** Least units of an order that is placed at all. */
  readonly minimumOrder: number;
  /** Units are sold in multiples of this. */
  readonly packSize: number;
}

/** The smallest quantity the supplier takes that covers `needed`; 0 where nothing is needed. O(1). */
export function roundOrder(needed: number, { minimumOrder, packSize }: OrderTerms): number {
  requireAtLeast(packSize, Number.MIN_VALUE, "packSize");
  requireAtLeast(minimumOrder, 0, "minimumOrder");
  if (needed <= 0) return 0;
  return Math.ceil(Math.max(needed, minimumOrder) / packSize - 1e-9) * packSize;
}
