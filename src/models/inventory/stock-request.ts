import type { ServiceTarget, StockTerms } from "../../algorithms/inventory/stock-terms.ts";

/** How stock is replenished, in days, as people say it. */
export interface ReplenishmentTerms {
  readonly leadTimeDays: number;
  readonly leadTimeDeviationDays: number;
  readonly reviewDays: number;
  readonly target: ServiceTarget;
  readonly minimumOrder: number;
  readonly packSize: number;
}

/** What is meant where nothing is said. */
export const DEFAULT_TERMS = {
  leadTimeDays: 14,
  leadTimeDeviationDays: 0,
  reviewDays: 7,
  target: { kind: "fill", share: 0.95, scope: "assortment" },
  minimumOrder: 0,
  packSize: 1,
} as const satisfies ReplenishmentTerms;

/** The same in steps of a history. */
export function toStockTerms(
  terms: Omit<ReplenishmentTerms, "minimumOrder" | "packSize">,
  stepDays: number,
): StockTerms {
  return {
    leadTimeSteps: terms.leadTimeDays / stepDays,
    leadTimeDeviationSteps: terms.leadTimeDeviationDays / stepDays,
    reviewSteps: terms.reviewDays / stepDays,
    target: terms.target,
  };
}
