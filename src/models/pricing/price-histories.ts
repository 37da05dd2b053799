import type { PriceHistory } from "../../algorithms/pricing/estimate-elasticity.ts";
import type { IsoDate } from "../../core/dates.ts";
import type { Session } from "../../warehouse/database.ts";
import { readSql } from "../../warehouse/read-sql.ts";

export interface ProductPrices {
  readonly store: string;
  readonly product: string;
  /** "" where none is known. */
  readonly category: string;
  readonly currency: string;
  /** Weeks from the first sale to the last day of data, oldest first. */
  readonly history: PriceHistory;
}

/** Reads weekly units and prices up to `asOf`. Weeks without a sale keep the price before and count as 0 units. */
export async function readProductPrices(session: Session, asOf: IsoDate): Promise<ProductPrices[]> {
  const table = await session.columns(readSql("models/pricing/list_price_weeks"), { as_of: asOf });
  const text = (name: string): string[] => table.text(name).map((value) => value ?? "");
  const [stores, ids, categories, currencies] = [
    text("store_id"),
    text("product_id"),
    text("category"),
    text("currency"),
  ];
  const [weeksAgo, units, price] = [table.int32("weeks_ago"), table.float64("units"), table.float64("price_minor")];
  const seasonOf = measureSeasons(stores, weeksAgo, units);
  const products: ProductPrices[] = [];
  for (let from = 0, to = 0; from < table.rowCount; from = to) {
    while (to < table.rowCount && stores[to] === stores[from] && ids[to] === ids[from]) to++;
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
    const [store, product] = [stores[from] as string, ids[from] as string];
    const [category, currency] = [categories[from] as string, currencies[from] as string];
    products.push({ store, product, category, currency, history });
  }
  return products;
}

/** Log of each week's units of a store over its mean week, oldest first: what moves all products at once. */
function measureSeasons(
  stores: readonly string[],
  weeksAgo: Int32Array,
  units: Float64Array,
): Map<string, Float64Array> {
  const totals = new Map<string, number[]>();
  stores.forEach((store, row) => {
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
