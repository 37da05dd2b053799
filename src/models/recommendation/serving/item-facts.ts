import type { ReleaseCatalogue } from "./release-catalogue.ts";

/** What filters and re-ranking read of an item, by its number. */
export interface ItemFacts {
  /** The whole category text; empty where unknown. */
  readonly category: readonly string[];
  /** Number of the whole category, −1 where unknown: what `maxPerCategory` counts. */
  readonly categoryNumber: Int32Array;
  /** Items of each label, in lower case. `Home > Kitchen` has the labels `home > kitchen`, `home` and `kitchen`. */
  readonly itemsByLabel: ReadonlyMap<string, readonly number[]>;
  readonly priceOf: (item: number, market: string | undefined) => Price | undefined;
}

export interface Price {
  readonly minor: number;
  readonly currency: string;
}

/** `itemOfProduct` and `itemOfOffer` give the item number of each row, −1 for items that are never recommended. */
export function createItemFacts(
  { products, offers }: ReleaseCatalogue,
  itemOfProduct: Int32Array,
  itemOfOffer: Int32Array,
  itemCount: number,
): ItemFacts {
  const category = Array.from({ length: itemCount }, () => "");
  const categoryNumber = new Int32Array(itemCount).fill(-1);
  const numbers = new Map<string, number>();
  const itemsByLabel = new Map<string, number[]>();
  const usual: (Price | undefined)[] = Array.from({ length: itemCount }, () => undefined);

  // Loops without closures: what a closure reads here would be held on to, all columns of the tables.
  for (let row = 0; row < itemOfProduct.length; row++) {
    const item = itemOfProduct[row] as number;
    if (item < 0) continue;
    const name = products.category[row] as string;
    if (name !== "") {
      category[item] = name;
      categoryNumber[item] = numberOf(numbers, name);
      for (const label of labelsOf(name)) {
        const holders = itemsByLabel.get(label);
        if (holders === undefined) itemsByLabel.set(label, [item]);
        else holders.push(item);
      }
    }
    const price = products.priceMinor[row] as number;
    if (price >= 0) usual[item] = { minor: price, currency: products.currency[row] as string };
  }

  const offered = new Map<string, Map<number, Price>>();
  for (let row = 0; row < itemOfOffer.length; row++) {
    const [item, minor] = [itemOfOffer[row] as number, offers.priceMinor[row] as number];
    if (item < 0 || minor < 0) continue;
    const market = offers.market[row] as string;
    const prices = offered.get(market) ?? new Map<number, Price>();
    offered.set(market, prices);
    prices.set(item, { minor, currency: (offers.currency[row] as string) || (usual[item]?.currency ?? "") });
  }

  const everywhere = offered.get("");
  return {
    category,
    categoryNumber,
    itemsByLabel,
    priceOf: (item, market) =>
      (market === undefined ? undefined : offered.get(market)?.get(item)) ?? everywhere?.get(item) ?? usual[item],
  };
}

/** The labels of a category text: the whole and its parts, which `>`, `|` or `;` divide. */
function labelsOf(category: string): Set<string> {
  const whole = category.trim().toLowerCase();
  return new Set([whole, ...whole.split(/[>|;]/).map((part) => part.trim())].filter((label) => label !== ""));
}

function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, numbers.size);
  return numbers.size - 1;
}
