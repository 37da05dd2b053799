/** Answers of /v1/forecasts, /v1/inventory/reorder and /v1/pricing, as far as the page reads them. */

export interface ForecastAnswer {
  readonly method: string;
  readonly unit: "day" | "week";
  /** Why it is not the usual forecast, in the API's words. */
  readonly reason?: string;
  readonly history: readonly { readonly on: string; readonly value: number }[];
  readonly points: readonly {
    readonly on: string;
    readonly mean: number;
    readonly q025: number;
    readonly q10: number;
    readonly q25: number;
    readonly q75: number;
    readonly q90: number;
    readonly q975: number;
  }[];
}

export interface ReorderEntry {
  readonly productId: string;
  readonly title: string | null;
  readonly class: string;
  readonly alert: string;
  readonly onHand: number | null;
  readonly expectedPerWeek: number;
  readonly reorderPoint: number;
  readonly orderQuantity: number | null;
  readonly coverDays: number | null;
  readonly stockoutRisk: number | null;
  readonly expectedShortage: number | null;
  readonly expectedLostMinor: number | null;
  readonly currency: string | null;
}

export interface ReorderAnswer {
  readonly products: readonly ReorderEntry[];
  readonly nextCursor: string | null;
}

export interface PriceChoice {
  readonly price: number;
  readonly units: number;
  readonly margin: number;
  readonly bound: string;
}

/** What demand does with the price, as an answer tells it. */
export interface ElasticityFigures {
  readonly elasticity: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly basis: string;
}

/** The prices of a week that demand was seen at; null where that is not known. */
export interface PricesSeen {
  readonly currency: string;
  readonly lowestPriceMinor: number | null;
  readonly highestPriceMinor: number | null;
}

export interface PriceAnswer extends ElasticityFigures, PricesSeen {
  readonly now: PriceChoice;
  readonly best: PriceChoice;
}

/** Expected, and between which bounds. */
export interface Ranged {
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

export interface PriceOutcome {
  readonly priceMinor: number;
  readonly units: Ranged;
  readonly revenueMinor: Ranged;
  readonly marginMinor: Ranged | null;
}

export interface WhatIfAnswer extends ElasticityFigures, PricesSeen {
  readonly now: PriceOutcome;
  readonly changed: PriceOutcome;
}
