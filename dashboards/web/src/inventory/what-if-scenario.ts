import type { InventoryQuestion } from "./inventory-question.ts";

/** What is tried, as typed: a new price in minor units, or a discount in percent; days for which it holds. */
export interface Scenario {
  readonly price: string;
  readonly discount: string;
  readonly days: string;
}

export const SCENARIO_FIELDS = ["price", "discount", "days"] as const;
export const EMPTY_SCENARIO: Scenario = { price: "", discount: "", days: "" };

/** The body of POST /v1/pricing/what-if; undefined where no product, or neither a price nor a discount is given. */
export function writeScenario(question: InventoryQuestion, scenario: Scenario): object | undefined {
  const [price, discount, days] = [scenario.price, scenario.discount, scenario.days].map(readNumber);
  if (question.product === "" || (price === undefined && discount === undefined)) return undefined;
  return {
    product: question.product,
    ...(question.market === "" ? {} : { market: question.market }),
    // A price says more than a discount: where both are typed, it counts.
    ...(price === undefined ? { discount: (discount as number) / 100 } : { priceMinor: price }),
    ...(days === undefined ? {} : { days }),
    ...(question.unitCostMinor === "" ? {} : { unitCostMinor: Number(question.unitCostMinor) }),
    usePooled: true,
  };
}

function readNumber(typed: string): number | undefined {
  const value = Number(typed.replace(",", "."));
  return typed === "" || !Number.isFinite(value) ? undefined : value;
}
