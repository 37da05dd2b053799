import type { OpenRelease } from "../../../warehouse/release-reader.ts";
import { readSql } from "../../../warehouse/read-sql.ts";
import { MOST_VIEWS } from "../../sessions/read-sessions.ts";

/** What a release says of its products beside the models: equally long columns a table. */
export interface ReleaseCatalogue {
  readonly products: {
    readonly store: readonly string[];
    readonly id: readonly string[];
    /** Empty where unknown. */
    readonly category: readonly string[];
    /** Minor units; −1 where unknown. */
    readonly priceMinor: Float64Array;
    readonly currency: readonly string[];
    /** Unit cost in the currency of the price; −1 where unknown. */
    readonly costMinor: Float64Array;
  };
  readonly offers: OfferTable;
  /** Product × market rows of what a unit costs delivered; −1 where unknown. */
  readonly landed: {
    readonly store: readonly string[];
    readonly id: readonly string[];
    /** Empty: all markets. */
    readonly market: readonly string[];
    readonly costMinor: Float64Array;
    /** Empty: that of the price. */
    readonly currency: readonly string[];
    readonly deliveryDays: Int32Array;
  };
  readonly sales: {
    readonly store: readonly string[];
    readonly id: readonly string[];
    readonly market: readonly string[];
    /** Units sold in the last 7, 30 and 90 days; in the 28 days before the last 7. NaN for none. */
    readonly units7: Float64Array;
    readonly units30: Float64Array;
    readonly units90: Float64Array;
    readonly unitsBefore: Float64Array;
  };
  /** Product events of visitors, oldest first. */
  readonly views: {
    readonly store: readonly string[];
    readonly visitor: readonly string[];
    readonly session: readonly string[];
    readonly id: readonly string[];
  };
  /** How often lists of experiments showed products, and how often they were looked at. */
  readonly clicks: {
    readonly store: readonly string[];
    readonly id: readonly string[];
    readonly impressions: Float64Array;
    readonly clicks: Float64Array;
  };
  /** Every market there is. */
  readonly markets: ReadonlySet<string>;
}

/** Product × market rows. Flags are −1 unknown, 0 no, 1 yes. */
export interface OfferTable {
  readonly store: readonly string[];
  readonly id: readonly string[];
  /** Empty: all markets. */
  readonly market: readonly string[];
  readonly sellable: Int32Array;
  readonly shippable: Int32Array;
  readonly hidden: Int32Array;
  /** Days since 1970-01-01, both inclusive; `NO_FROM` and `NO_UNTIL` where unknown. */
  readonly fromDay: Int32Array;
  readonly untilDay: Int32Array;
  readonly priceMinor: Float64Array;
  readonly currency: readonly string[];
  /** NaN where no snapshot names it. */
  readonly stockUnits: Float64Array;
}

export const NO_FROM = -2147483647;
export const NO_UNTIL = 2147483647;

const none = new Float64Array(0);
const flags = new Int32Array(0);

/** A release that says nothing: everything may be sold everywhere. */
export const EMPTY_CATALOGUE: ReleaseCatalogue = {
  products: { store: [], id: [], category: [], priceMinor: none, currency: [], costMinor: none },
  offers: {
    store: [],
    id: [],
    market: [],
    sellable: flags,
    shippable: flags,
    hidden: flags,
    fromDay: flags,
    untilDay: flags,
    priceMinor: none,
    currency: [],
    stockUnits: none,
  },
  landed: { store: [], id: [], market: [], costMinor: none, currency: [], deliveryDays: flags },
  sales: { store: [], id: [], market: [], units7: none, units30: none, units90: none, unitsBefore: none },
  views: { store: [], visitor: [], session: [], id: [] },
  clicks: { store: [], id: [], impressions: none, clicks: none },
  markets: new Set(),
};

/** Reads the tables of a release; one made before offers were known gives none of them. */
export async function readReleaseCatalogue(
  release: Pick<OpenRelease, "rows" | "columns" | "asOf">,
): Promise<ReleaseCatalogue> {
  const sql = (name: string): string => readSql(`models/recommendation/${name}`);
  const tables = new Set(
    (await release.rows<{ table_name: string }>(sql("list_served_tables"))).map((row) => row.table_name),
  );
  if (!tables.has("mart_product_offer")) return EMPTY_CATALOGUE;
  const products = await release.columns(sql("list_catalogue"));
  const offers = await release.columns(sql("list_offers"));
  const sales = await release.columns(sql("list_recent_sales"), { as_of: release.asOf });
  const views = await release.columns(sql("list_views"), { most: MOST_VIEWS });
  const landed = tables.has("mart_landed_cost") ? await release.columns(sql("list_landed_costs")) : undefined;
  const clicks = tables.has("mart_product_click") ? await release.columns(sql("list_product_clicks")) : undefined;
  const markets = await release.rows<{ market_id: string }>(sql("list_known_markets"));
  // The text columns read here are never NULL.
  const text = (table: typeof products, name: string) => table.text(name) as readonly string[];
  return {
    products: {
      store: text(products, "store_id"),
      id: text(products, "product_id"),
      category: text(products, "category"),
      priceMinor: products.float64("price_minor"),
      currency: text(products, "currency"),
      costMinor: products.float64("cost_minor"),
    },
    offers: {
      store: text(offers, "store_id"),
      id: text(offers, "product_id"),
      market: text(offers, "market_id"),
      sellable: offers.int32("sellable"),
      shippable: offers.int32("shippable"),
      hidden: offers.int32("hidden"),
      fromDay: offers.int32("from_day"),
      untilDay: offers.int32("until_day"),
      priceMinor: offers.float64("price_minor"),
      currency: text(offers, "currency"),
      stockUnits: offers.float64("stock_units"),
    },
    landed:
      landed === undefined
        ? EMPTY_CATALOGUE.landed
        : {
            store: text(landed, "store_id"),
            id: text(landed, "product_id"),
            market: text(landed, "market_id"),
            costMinor: landed.float64("landed_cost_minor"),
            currency: text(landed, "currency"),
            deliveryDays: landed.int32("delivery_days"),
          },
    sales: {
      store: text(sales, "store_id"),
      id: text(sales, "product_id"),
      market: text(sales, "market_id"),
      units7: sales.float64("units_7"),
      units30: sales.float64("units_30"),
      units90: sales.float64("units_90"),
      unitsBefore: sales.float64("units_before"),
    },
    views: {
      store: text(views, "store_id"),
      visitor: text(views, "visitor_id"),
      session: text(views, "session_id"),
      id: text(views, "product_id"),
    },
    clicks:
      clicks === undefined
        ? EMPTY_CATALOGUE.clicks
        : {
            store: text(clicks, "store_id"),
            id: text(clicks, "product_id"),
            impressions: clicks.float64("impressions"),
            clicks: clicks.float64("clicks"),
          },
    markets: new Set(markets.map((row) => row.market_id)),
  };
}
