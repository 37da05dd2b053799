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

/** The same in steps of a history. */
export function toStockTerms(terms: ReplenishmentTerms, stepDays: number): StockTerms {
  return {
    leadTimeSteps: terms.leadTimeDays / stepDays,
    leadTimeDeviationSteps: terms.leadTimeDeviationDays / stepDays,
    reviewSteps: terms.reviewDays / stepDays,
    target: terms.target,
  };
}
