import type { Reason, Source, TextPart } from "../recommender.ts";
import type { ItemFacts, Price } from "./item-facts.ts";
import type { Place } from "./shelf.ts";

interface Card {
  readonly price: Price | undefined;
  readonly text: string;
}

/** Adds places as JSON to the parts of a text. */
export type PlaceWriter = (
  parts: TextPart[],
  places: readonly Place[],
  market: string | undefined,
  reasonOf: (place: Place) => Reason,
) => void;

/**
 * Makes a writer of places as JSON. Most of it are names and prices, which do not change while a release is served: they are
 * written once an item, and found by its number; written anew where the next shopper's market has a price of its own.
 * It adds parts rather than to a text: joined once, they leave no halves of the text to the collector.
 */
export function createPlaceWriter(
  { id, title }: { readonly id: readonly string[]; readonly title: readonly string[] },
  facts: ItemFacts,
): PlaceWriter {
  const cards: (Card | undefined)[] = Array.from({ length: id.length }, () => undefined);
  const companions: (string | undefined)[] = Array.from({ length: id.length }, () => undefined);
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
  const writeCompanion = (item: number): string =>
    (companions[item] ??= `{"kind":"bought-together","withItemId":${JSON.stringify(id[item])},"support":`);

  return (parts, places, market, reasonOf) => {
    const scores = writeScores(places);
    parts.push("[");
    for (let at = 0; at < places.length; at++) {
      const place = places[at] as Place;
      const reason = reasonOf(place);
      const isLast = at === places.length - 1;
      parts.push(writeCard(place.item, market), scores[at] as string, SOURCES[place.source]);
      if (reason.kind === "bought-together" && place.because >= 0) {
        parts.push(writeCompanion(place.because), reason.support, isLast ? "}}" : "}},");
      } else {
        parts.push(JSON.stringify(reason), isLast ? "}" : "},");
      }
    }
    parts.push("]");
  };
}

/** What stands between a score and the reason. */
const SOURCES: Readonly<Record<Source, string>> = {
  session: writeSource("session"),
  customer: writeSource("customer"),
  basket: writeSource("basket"),
  item: writeSource("item"),
  "buy-again": writeSource("buy-again"),
  "recently-viewed": writeSource("recently-viewed"),
  "market-popular": writeSource("market-popular"),
  "global-popular": writeSource("global-popular"),
  trending: writeSource("trending"),
  catalogue: writeSource("catalogue"),
  promotion: writeSource("promotion"),
  "as-given": writeSource("as-given"),
};

function writeSource(source: Source): string {
  return `,"source":"${source}","reason":`;
}

/**
 * The scores as JSON writes them, all at once: a number put into a text by itself leaves its digits in the old generation, and
 * 40,000 of them a second bring on full collections.
 */
function writeScores(places: readonly Place[]): string[] {
  return JSON.stringify(places.map(({ score }) => score))
    .slice(1, -1)
    .split(",");
}
