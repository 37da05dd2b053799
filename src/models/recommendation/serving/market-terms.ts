import type { Price } from "./item-facts.ts";
import type { ReleaseCatalogue } from "./release-catalogue.ts";

/** Days of delivery after which promptness is a half. */
const HALF_PROMPT_DAYS = 7;

/** What selling and delivering an item in a market is worth, by item number. Callers must not write to the arrays. */
export interface MarketTerms {
  /** Share of the price that the cost leaves, 0 to 1; the mean of the known ones where unknown. Undefined where none is known. */
  readonly margin: Float64Array | undefined;
  /** 2^(−days / 7) of the promised delivery, 0 to 1; likewise. */
  readonly promptness: Float64Array | undefined;
}

export interface MarketTermsSource {
  /** `market` undefined or one that no row names: what holds for all markets. Computed once a market, O(items). */
  termsIn(market: string | undefined): MarketTerms;
}

interface UnitCost {
  readonly minor: number;
  readonly currency: string;
}

/**
 * Cost of a unit: landed in the market, else landed in all markets, else the unit cost of the product. Its share of the price
 * counts where both are in one currency, price that of the market or the usual one; −1 in `itemOf…` for items never recommended.
 */
export function createMarketTerms(
  { products, landed, offers }: Pick<ReleaseCatalogue, "products" | "landed" | "offers">,
  itemOfProduct: Int32Array,
  itemOfLanded: Int32Array,
  priceOf: (item: number, market: string | undefined) => Price | undefined,
  itemCount: number,
): MarketTermsSource {
  const unitCost: (UnitCost | undefined)[] = Array.from({ length: itemCount }, () => undefined);
  // Loops without closures: what a closure reads here would be held on to, texts and all.
  for (let row = 0; row < itemOfProduct.length; row++) {
    const [item, minor] = [itemOfProduct[row] as number, products.costMinor[row] as number];
    if (item >= 0 && minor >= 0) unitCost[item] = { minor, currency: products.currency[row] as string };
  }
  const rowsByMarket = new Map<string, Map<number, number>>();
  for (let row = 0; row < itemOfLanded.length; row++) {
    const [item, market] = [itemOfLanded[row] as number, landed.market[row] as string];
    if (item < 0) continue;
    const rows = rowsByMarket.get(market) ?? new Map<number, number>();
    rowsByMarket.set(market, rows.set(item, row));
  }
  const named = new Set([...rowsByMarket.keys(), ...offers.market]);
  const { costMinor, currency: costCurrency, deliveryDays } = landed;

  const compute = (market: string): MarketTerms => {
    const margin = new Float64Array(itemCount).fill(Number.NaN);
    const promptness = new Float64Array(itemCount).fill(Number.NaN);
    const [own, all] = [rowsByMarket.get(market), rowsByMarket.get("")];
    for (let item = 0; item < itemCount; item++) {
      const rows = [own?.get(item), all?.get(item)].filter((row) => row !== undefined);
      const told = rows.find((row) => (costMinor[row] as number) >= 0);
      const price = priceOf(item, market === "" ? undefined : market);
      const cost =
        told === undefined
          ? unitCost[item]
          : {
              minor: costMinor[told] as number,
              currency: (costCurrency[told] as string) || (price?.currency ?? ""),
            };
      if (price !== undefined && cost !== undefined && price.minor > 0 && cost.currency === price.currency) {
        margin[item] = Math.min(1, Math.max(0, (price.minor - cost.minor) / price.minor));
      }
      const days = rows.map((row) => deliveryDays[row] as number).find((count) => count >= 0);
      if (days !== undefined) promptness[item] = 2 ** (-days / HALF_PROMPT_DAYS);
    }
    return { margin: fillUnknown(margin), promptness: fillUnknown(promptness) };
  };

  const cache = new Map<string, MarketTerms>();
  return {
    termsIn: (market) => {
      const key = market !== undefined && named.has(market) ? market : "";
      const known = cache.get(key);
      if (known !== undefined) return known;
      const terms = compute(key);
      cache.set(key, terms);
      return terms;
    },
  };
}

/** Puts the mean in the place of NaN; undefined where all are. */
function fillUnknown(values: Float64Array): Float64Array | undefined {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return undefined;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return values.map((value) => (Number.isNaN(value) ? mean : value));
}
