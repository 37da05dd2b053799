import type { AssortmentPast } from "./assortment-past.ts";
import { LEVEL_TERMS, stockLevel, type StockRule } from "./stock-level.ts";
import { listLeadTimes, type StockTerms } from "./stock-terms.ts";

/** Units on hand (below 0: owed) and under way of each product at the end of a step. */
export interface AssortmentStock {
  readonly onHand: Float64Array;
  readonly underWay: Float64Array;
  /** Units due at the begin of steps to come, a row of all products a step, in turn. */
  readonly due: Float64Array;
  readonly dueSteps: number;
  placed: number;
}

/** Stock as it is when each product stands at its level and nothing is under way. */
export function openStock(past: AssortmentPast, terms: StockTerms, step: number, rule: StockRule): AssortmentStock {
  const dueSteps = Math.max(...listLeadTimes(terms).map(Math.round)) + 2;
  const onHand = Float64Array.from({ length: past.products }, (_, product) => levelAt(past, step, product, rule));
  const [underWay, due] = [new Float64Array(past.products), new Float64Array(past.products * dueSteps)];
  return { onHand, underWay, due, dueSteps, placed: 0 };
}

/** A step of demand: receipts come in, demand is served or owed. Adds nothing to orders. O(products). */
export function serveStepInPlace(past: AssortmentPast, stock: AssortmentStock, step: number) {
  const slot = (step % stock.dueSteps) * past.products;
  let [demand, served] = [0, 0];
  for (let product = 0; product < past.products; product++) {
    const received = stock.due[slot + product];
    stock.due[slot + product] = 0;
    stock.underWay[product] -= received;
    stock.onHand[product] += received;
    const asked = past.demand[step * past.products + product];
    demand += asked;
    served += Math.min(asked, Math.max(0, stock.onHand[product]));
    stock.onHand[product] -= asked;
  }
  return { demand, served };
}

/** Several steps of demand without a review, the last included. */
export function serveStepsInPlace(past: AssortmentPast, stock: AssortmentStock, first: number, last: number) {
  let [demand, served] = [0, 0];
  for (let step = first; step <= last; step++) {
    const figures = serveStepInPlace(past, stock, step);
    demand += figures.demand;
    served += figures.served;
  }
  return { demand, served };
}

/** The review at the end of a step: each product is ordered up to its level, in whole units. O(products). */
export function orderUpInPlace(
  past: AssortmentPast,
  stock: AssortmentStock,
  terms: StockTerms,
  step: number,
  rule: StockRule,
): void {
  const leads = listLeadTimes(terms);
  const lead = Math.round(leads[stock.placed++ % leads.length]);
  const slot = ((step + 1 + lead) % stock.dueSteps) * past.products;
  for (let product = 0; product < past.products; product++) {
    const wanted = levelAt(past, step, product, rule) - stock.onHand[product] - stock.underWay[product];
    if (!(wanted > 0)) continue;
    const order = Math.ceil(wanted - 1e-9);
    stock.underWay[product] += order;
    stock.due[slot + product] += order;
  }
}

/** 0 for a product that is not known yet. */
function levelAt(past: AssortmentPast, step: number, product: number, rule: StockRule): number {
  const place = step * past.products + product;
  return past.known[place] === 0 ? 0 : stockLevel(past.described, place * LEVEL_TERMS, rule);
}
