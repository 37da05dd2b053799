import type { RecommendedItem } from "../recommender.ts";
import type { ItemFacts, Price } from "./item-facts.ts";
import type { Place } from "./shelf.ts";

/** On the array of the items, since an answer is copied around it; a map beside it costs the collector more than the writing. */
const WRITE = Symbol("write");

/** JSON of the items of a recommendation, from the release's own texts where the list came with them. */
export function writeItems(items: readonly RecommendedItem[] & { readonly [WRITE]?: () => string }): string {
  return items[WRITE]?.() ?? JSON.stringify(items);
}

/** Makes known how to write a list; `write` must give what `JSON.stringify` would. */
export function setItemsText(items: readonly RecommendedItem[], write: () => string): void {
  Object.defineProperty(items, WRITE, { value: write });
}

interface Card {
  readonly price: Price | undefined;
  readonly text: string;
}

/**
 * Makes a writer of places as JSON. Most of it are names and prices, which do not change while a release is served: they are
 * written once an item, and found by its number; written anew where the next shopper's market has a price of its own.
 */
export function createPlaceWriter(
  { id, title }: { readonly id: readonly string[]; readonly title: readonly string[] },
  facts: ItemFacts,
): (items: readonly RecommendedItem[], places: readonly Place[], market: string | undefined) => string {
  const cards: (Card | undefined)[] = Array.from({ length: id.length }, () => undefined);
  const quoted: (string | undefined)[] = Array.from({ length: id.length }, () => undefined);
  const writeCard = (item: number, market: string | undefined): string => {
    const price = facts.priceOf(item, market);
    const known = cards[item];
    if (known !== undefined && known.price === price) return known.text;
    const shown = {
      itemId: id[item],
      title: title[item],
      category: facts.category[item] || null,
      priceMinor: price?.minor ?? null,
      currency: price?.currency ?? null,
    };
    const text = `${JSON.stringify(shown).slice(0, -1)},"score":`;
    cards[item] = { price, text };
    return text;
  };
  const quote = (item: number): string => (quoted[item] ??= JSON.stringify(id[item]));

  return (items, places, market) => {
    const scores = writeScores(items);
    let text = "[";
    for (let at = 0; at < places.length; at++) {
      const { item, because, support, source } = places[at] as Place;
      const { reason } = items[at] as RecommendedItem;
      const why =
        reason.kind === "bought-together" && because >= 0
          ? `{"kind":"bought-together","withItemId":${quote(because)},"support":${support}}`
          : JSON.stringify(reason);
      const head = at === 0 ? writeCard(item, market) : `,${writeCard(item, market)}`;
      text += `${head}${scores[at]},"source":"${source}","reason":${why}}`;
    }
    return `${text}]`;
  };
}

/**
 * The scores as JSON writes them, all at once: a number put into a text by itself leaves its digits in the old generation, and
 * 40,000 of them a second bring on full collections.
 */
function writeScores(items: readonly RecommendedItem[]): string[] {
  return JSON.stringify(items.map(({ score }) => score))
    .slice(1, -1)
    .split(",");
}
