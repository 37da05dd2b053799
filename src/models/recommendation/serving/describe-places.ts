import type { BasketRules } from "../../../algorithms/recommendation/mine-basket-rules.ts";
import type { Reason, Recommendation, Rule, Source } from "../recommender.ts";
import type { Place } from "./shelf.ts";

/** Why an item has its place, by the source of the place. */
export function reasonOf(place: Place, market: string | undefined, itemIds: readonly string[]): Reason {
  const withItemId = place.because < 0 ? "" : (itemIds[place.because] as string);
  switch (place.source) {
    case "promotion":
      return { kind: "promoted" };
    case "catalogue":
    case "as-given":
      return { kind: "in-catalogue" };
    case "recently-viewed":
      return { kind: "viewed-before" };
    case "global-popular":
      return { kind: "popular", market: null };
    case "market-popular":
      return { kind: "popular", market: market ?? null };
    case "trending":
      return { kind: "trending", market: market ?? null };
    case "session":
      if (place.support === 0) return { kind: "viewed-next", withItemId };
      break;
    default:
  }
  return { kind: "bought-together", withItemId, support: place.support };
}

/** A rule by its number, in ids. */
export function describeRule(rules: BasketRules, rule: number, itemIds: readonly string[]): Rule {
  const given = [rules.first[rule] as number, rules.second[rule] as number];
  return {
    itemIds: given.map((item) => itemIds[item] as string),
    support: rules.support[rule] as number,
    confidence: rules.confidence[rule] as number,
    lift: rules.lift[rule] as number,
  };
}

/** What a list of the level was made from. */
export function strategyOf(level: Source | "none", hasMarketList: boolean): Recommendation["strategy"] {
  switch (level) {
    case "session":
    case "customer":
    case "basket":
    case "item":
    case "market-popular":
    case "global-popular":
      return level;
    case "buy-again":
    case "recently-viewed":
      return "customer";
    default:
      return hasMarketList ? "market-popular" : "global-popular";
  }
}
