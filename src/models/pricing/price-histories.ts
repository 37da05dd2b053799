import { markPromotions } from "../../algorithms/pricing/mark-promotions.ts";
import type { PriceHistory } from "../../algorithms/pricing/estimate-elasticity.ts";
import type { IsoDate } from "../../core/dates.ts";
import type { Session } from "../../warehouse/database.ts";
import { readSql } from "../../warehouse/read-sql.ts";

export interface ProductPrices {
  readonly store: string;
  readonly product: string;
  /** "" for all markets together. */
  readonly market: string;
  /** "" where none is known. */
  readonly category: string;
  readonly currency: string;
  /** Weeks from the first sale to the last day of data, oldest first. */
  readonly history: PriceHistory;
}

/**
 * Reads weekly units and prices up to `asOf`, of all markets together and of each market that could say something. Weeks without a
 * sale keep the price before and count as 0 units. The season of a market is the store's, since a small market's own weeks are mostly
 * chance; so is the price, where too few orders a week tell what was asked there.
 */
export async function readProductPrices(session: Session, asOf: IsoDate): Promise<ProductPrices[]> {
  const table = await session.columns(readSql("models/pricing/list_price_weeks"), { as_of: asOf });
  const text = (name: string): string[] => table.text(name).map((value) => value ?? "");
  const [stores, ids, markets, categories, currencies] = [
    text("store_id"),
    text("product_id"),
    text("market_id"),
    text("category"),
    text("currency"),
  ];
  const [weeksAgo, units, price] = [table.int32("weeks_ago"), table.float64("units"), table.float64("price_minor")];
  const hasOwnPrice = table.int32("has_own_price");
  const seasonOf = measureSeasons(stores, markets, weeksAgo, units);
  const isSame = (a: number, b: number): boolean =>
    stores[a] === stores[b] && ids[a] === ids[b] && markets[a] === markets[b];
  const products: ProductPrices[] = [];
  let everywhere: Float64Array = new Float64Array();
  for (let from = 0, to = 0; from < table.rowCount; from = to) {
    while (to < table.rowCount && isSame(to, from)) to++;
    const weeks = (weeksAgo[from] as number) + 1;
    const history = {
      units: new Float64Array(weeks),
      price: new Float64Array(weeks),
      season: (seasonOf.get(stores[from] as string) as Float64Array).slice(-weeks),
    };
    let row = from;
    for (let week = 0; week < weeks; week++) {
      const isSold = row < to && weeks - 1 - (weeksAgo[row] as number) === week;
      history.units[week] = isSold ? (units[row] as number) : 0;
      history.price[week] = isSold ? (price[row] as number) : (history.price[week - 1] as number);
      if (isSold) row++;
    }
    const [store, product, market] = [stores[from] as string, ids[from] as string, markets[from] as string];
    const [category, currency] = [categories[from] as string, currencies[from] as string];
    // All markets together come first of a product.
    if (market === "") everywhere = history.price;
    else if (hasOwnPrice[from] === 0) history.price = everywhere.slice(-weeks);
    const promotion = markPromotions(history.price);
    products.push({ store, product, market, category, currency, history: { ...history, promotion } });
  }
  return products;
}

/** The weeks from `from` to before `until`. Views, no copies. */
export function cutHistory(history: PriceHistory, from: number, until = history.units.length): PriceHistory {
  const { units, price, season, promotion } = history;
  return {
    units: units.subarray(from, until),
    price: price.subarray(from, until),
    season: season.subarray(from, until),
    ...(promotion === undefined ? {} : { promotion: promotion.subarray(from, until) }),
  };
}

/** Log of each week's units of a store over its mean week, oldest first: what moves all products at once. */
function measureSeasons(
  stores: readonly string[],
  markets: readonly string[],
  weeksAgo: Int32Array,
  units: Float64Array,
): Map<string, Float64Array> {
  const totals = new Map<string, number[]>();
  stores.forEach((store, row) => {
    if (markets[row] !== "") return;
    const weeks = totals.get(store) ?? [];
    totals.set(store, weeks);
    const week = weeksAgo[row] as number;
    while (weeks.length <= week) weeks.push(0);
    weeks[week] = (weeks[week] as number) + (units[row] as number);
  });
  return new Map(
    [...totals].map(([store, weeks]) => {
      const mean = weeks.reduce((sum, total) => sum + total, 0) / weeks.length;
      return [store, Float64Array.from(weeks, (total) => Math.log(Math.max(total, 1) / mean)).reverse()];
    }),
  );
}
