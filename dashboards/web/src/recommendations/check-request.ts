import { splitList, type ShelfQuestion } from "./shelf-request.ts";

/** The body of POST /v1/recommendations/rank: items for the page's shopper and market under the filters of setting A; undefined without items. */
export function writeCheck(typed: string, { subject, id, market, sides }: ShelfQuestion): object | undefined {
  const candidates = splitList(typed);
  if (candidates.length === 0) return undefined;
  const { priceFromMinor, priceToMinor, categoriesAny, excludePurchased } = sides.a;
  return {
    candidates,
    n: 100,
    ...(market === "" ? {} : { market }),
    ...(priceFromMinor === undefined ? {} : { priceFromMinor: Number(priceFromMinor) }),
    ...(priceToMinor === undefined ? {} : { priceToMinor: Number(priceToMinor) }),
    ...(categoriesAny === undefined ? {} : { categoriesAny: splitList(categoriesAny) }),
    ...(subject === "customer" && id !== "" ? { customerId: id, excludePurchased: excludePurchased !== "false" } : {}),
  };
}
