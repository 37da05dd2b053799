import type { AssortmentPast } from "./assortment-past.ts";
import type { ClassGroups } from "./class-curves.ts";
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
  /** Group of the product's class of demand at the last review. */
  readonly group: Uint8Array;
}

/** Units of each group of classes. */
export interface ServedUnits {
  readonly demand: Float64Array;
  readonly served: Float64Array;
}

export function tallyNothing({ count }: ClassGroups): ServedUnits {
  return { demand: new Float64Array(count), served: new Float64Array(count) };
}

/** Stock as it is when each product stands at its level and nothing is under way. */
export function openStock(
  past: AssortmentPast,
  terms: StockTerms,
  step: number,
  rule: StockRule,
  groups: ClassGroups,
): AssortmentStock {
  const dueSteps = Math.max(...listLeadTimes(terms).map(Math.round)) + 2;
  const onHand = Float64Array.from({ length: past.products }, (_, product) => levelAt(past, step, product, rule));
  const [underWay, due] = [new Float64Array(past.products), new Float64Array(past.products * dueSteps)];
  const from = step * past.products;
  const group = past.demandClass.slice(from, from + past.products).map((each) => groups.of[each]);
  return { onHand, underWay, due, dueSteps, placed: 0, group };
}

/** A step of demand: receipts come in, demand is served or owed, and added to what groups asked and got. O(products). */
export function serveStepInPlace(past: AssortmentPast, stock: AssortmentStock, step: number, tally: ServedUnits): void {
  const slot = (step % stock.dueSteps) * past.products;
  for (let product = 0; product < past.products; product++) {
    const received = stock.due[slot + product];
    stock.due[slot + product] = 0;
    stock.underWay[product] -= received;
    stock.onHand[product] += received;
    const asked = past.demand[step * past.products + product];
    tally.demand[stock.group[product]] += asked;
    tally.served[stock.group[product]] += Math.min(asked, Math.max(0, stock.onHand[product]));
    stock.onHand[product] -= asked;
  }
}

/** The review at the end of a step: each product is ordered up to its level, in whole units. O(products). */
export function orderUpInPlace(
  past: AssortmentPast,
  stock: AssortmentStock,
  terms: StockTerms,
  step: number,
  rule: StockRule,
  groups: ClassGroups,
): void {
  const leads = listLeadTimes(terms);
  const lead = Math.round(leads[stock.placed++ % leads.length]);
  const slot = ((step + 1 + lead) % stock.dueSteps) * past.products;
  for (let product = 0; product < past.products; product++) {
    stock.group[product] = groups.of[past.demandClass[step * past.products + product]];
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
  if (past.known[place] === 0) return 0;
  return stockLevel(past.described, place * LEVEL_TERMS, rule, past.ceiling[place]);
}
