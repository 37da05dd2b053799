import type { ItemFacts } from "./item-facts.ts";
import type { Knobs } from "./knobs.ts";

/** Bits beside those of the business filters: what the request itself leaves out. */
const BY_REQUEST = 64;
/** Bit of an item that is not in the list that was asked about. */
export const NOT_ASKED = 32;

/** Sets the request's bit in `barred` for every item that fails its categories or price band, O(items) if it has any. */
export function barByKnobs(barred: Uint8Array, knobs: Knobs, facts: ItemFacts, market: string | undefined): void {
  const { categoriesAny: any, categoriesAll: all = [], priceFromMinor, priceToMinor, priceCurrency } = knobs;
  if (any !== undefined)
    keepOnly(
      barred,
      any.flatMap((label) => holdersOf(facts, label)),
    );
  for (const label of all) keepOnly(barred, holdersOf(facts, label));
  if (priceFromMinor === undefined && priceToMinor === undefined && priceCurrency === undefined) return;
  const [from, to] = [priceFromMinor ?? 0, priceToMinor ?? Infinity];
  for (let item = 0; item < barred.length; item++) {
    if (barred[item] !== 0) continue;
    const price = facts.priceOf(item, market);
    const isFit =
      price !== undefined &&
      price.minor >= from &&
      price.minor <= to &&
      (priceCurrency === undefined || price.currency === priceCurrency);
    if (!isFit) barred[item] = BY_REQUEST;
  }
}

export function barItems(barred: Uint8Array, items: ArrayLike<number>): void {
  for (let at = 0; at < items.length; at++) {
    const item = items[at] as number;
    barred[item] = (barred[item] as number) | BY_REQUEST;
  }
}

/** Bars all but the given items; `bit` says why. */
export function keepOnly(barred: Uint8Array, kept: readonly number[], bit = BY_REQUEST): void {
  const isKept = new Uint8Array(barred.length);
  for (const item of kept) isKept[item] = 1;
  for (let item = 0; item < barred.length; item++) {
    if (isKept[item] === 0) barred[item] = (barred[item] as number) | bit;
  }
}

function holdersOf(facts: ItemFacts, label: string): readonly number[] {
  return facts.itemsByLabel.get(label.trim().toLowerCase()) ?? [];
}
