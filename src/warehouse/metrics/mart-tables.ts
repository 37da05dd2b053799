import type { LocalizedText } from "./metric.ts";

/** Where a dimension's value stands: in a column of the table, or in one of a table looked up by shared keys. */
export interface DimensionColumn {
  readonly column: string;
  readonly lookup?: { readonly table: string; readonly keys: readonly string[] };
}

export interface MartTable {
  readonly name: string;
  /** Tables of a domain are built from the same facts and so reach over the same days. */
  readonly domain: string;
  /** Column of the day a row is booked on. */
  readonly day: string;
  /** Column of the currency of its money. */
  readonly currency?: string;
  readonly dimensions: Readonly<Record<string, DimensionColumn>>;
}

const STORE_AND_MARKET = { store: { column: "store_id" }, market: { column: "market_id" } } as const;

/** The mart tables metrics may stand on. Identifiers of compiled SQL come from here and nowhere else. */
export const MART_TABLES: Readonly<Record<string, MartTable>> = {
  mart_sales_day: {
    name: "mart_sales_day",
    domain: "orders",
    day: "sold_on",
    currency: "currency",
    dimensions: STORE_AND_MARKET,
  },
  mart_order: {
    name: "mart_order",
    domain: "orders",
    day: "ordered_on",
    currency: "currency",
    dimensions: STORE_AND_MARKET,
  },
  mart_product_day: {
    name: "mart_product_day",
    domain: "orders",
    day: "sold_on",
    currency: "currency",
    dimensions: {
      ...STORE_AND_MARKET,
      product: { column: "product_id" },
      category: { column: "category", lookup: { table: "mart_product", keys: ["store_id", "product_id"] } },
    },
  },
  mart_shipment: {
    name: "mart_shipment",
    domain: "shipments",
    day: "promised_on",
    currency: "currency",
    dimensions: {
      ...STORE_AND_MARKET,
      mode: { column: "mode" },
      carrier: { column: "carrier_id" },
      vendor: { column: "vendor" },
      product_group: { column: "product_group" },
    },
  },
  mart_session: {
    name: "mart_session",
    domain: "traffic",
    day: "started_on",
    dimensions: {
      ...STORE_AND_MARKET,
      month_of_year: { column: "month_of_year" },
      visitor_kind: { column: "visitor_kind" },
      device: { column: "device" },
    },
  },
};

export interface Dimension {
  readonly name: string;
  readonly label: LocalizedText;
  /** time: dates; number: ordered by value; text: ordered by the metrics. */
  readonly kind: "time" | "number" | "text";
}

/** Every dimension a query can name. `time` stands for the fitting one of day, week and month. */
export const DIMENSIONS: readonly Dimension[] = [
  { name: "time", label: { en: "Time", zh: "时间" }, kind: "time" },
  { name: "day", label: { en: "Day", zh: "日" }, kind: "time" },
  { name: "week", label: { en: "Week", zh: "周" }, kind: "time" },
  { name: "month", label: { en: "Month", zh: "月" }, kind: "time" },
  { name: "store", label: { en: "Store", zh: "店铺" }, kind: "text" },
  { name: "market", label: { en: "Market", zh: "市场" }, kind: "text" },
  { name: "product", label: { en: "Product", zh: "商品" }, kind: "text" },
  { name: "category", label: { en: "Category", zh: "品类" }, kind: "text" },
  { name: "mode", label: { en: "Transport mode", zh: "运输方式" }, kind: "text" },
  { name: "carrier", label: { en: "Carrier", zh: "承运商" }, kind: "text" },
  { name: "vendor", label: { en: "Vendor", zh: "供应商" }, kind: "text" },
  { name: "product_group", label: { en: "Product group", zh: "商品组" }, kind: "text" },
  { name: "month_of_year", label: { en: "Month of the year", zh: "月份" }, kind: "number" },
  { name: "visitor_kind", label: { en: "Visitor", zh: "访客类型" }, kind: "text" },
  { name: "device", label: { en: "Device", zh: "设备" }, kind: "text" },
];

export function isTimeDimension(name: string): boolean {
  return DIMENSIONS.some((dimension) => dimension.name === name && dimension.kind === "time");
}

/** The grain of a metric file with the time dimensions that its `day` stands for, in catalogue order. */
export function spellOutGrain(grain: readonly string[]): string[] {
  return DIMENSIONS.map((dimension) => dimension.name).filter((name) =>
    grain.includes(isTimeDimension(name) ? "day" : name),
  );
}
