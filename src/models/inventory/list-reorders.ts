import { classifyAbcXyz, type StockClass } from "../../algorithms/inventory/classify-abc-xyz.ts";
import { roundOrder } from "../../algorithms/inventory/round-order.ts";
import type { OpenRelease } from "../../warehouse/release-reader.ts";
import { readSql } from "../../warehouse/read-sql.ts";
import { assessRisk, planProduct } from "./plan-product.ts";
import { expectAhead, type ProductDemand, STEP_DAYS } from "./product-demand.ts";
import type { StockPlanner } from "./stock-planner.ts";
import type { ReplenishmentTerms } from "./stock-request.ts";

/** out-of-stock: nothing on hand; reorder: at or below the reorder point; overstock: beyond twice the order-up-to level. */
export type StockAlert = "out-of-stock" | "reorder" | "overstock" | "ok" | "stock-unknown";

export interface Reorder {
  readonly productId: string;
  readonly title: string | null;
  readonly class: StockClass;
  readonly alert: StockAlert;
  /** Units; null without a snapshot. */
  readonly onHand: number | null;
  readonly reserved: number | null;
  readonly inbound: number | null;
  readonly stockOn: string | null;
  /** On hand less reserved plus inbound; null without a snapshot. */
  readonly position: number | null;
  readonly expectedPerWeek: number;
  readonly leadTimeDemand: number;
  readonly safetyStock: number;
  readonly reorderPoint: number;
  readonly orderUpTo: number;
  /** Units to order now, rounded to minimum order and pack; null without a snapshot. */
  readonly orderQuantity: number | null;
  /** Days that the stock on hand lasts at the expected demand; null without a snapshot or demand. */
  readonly coverDays: number | null;
  /** Probability that what is on hand and under way runs out before an order of today arrives; null without a snapshot. */
  readonly stockoutRisk: number | null;
  /** Units expected to be missed then, and what they would sell for at the price of today. */
  readonly expectedShortage: number | null;
  readonly expectedLostMinor: number | null;
  readonly currency: string | null;
  readonly method: string;
}

/** urgency: alerts first; coverDays: the shortest first; the others: the greatest first. What is unknown comes last. */
export type ReorderSort = "urgency" | "stockoutRisk" | "expectedShortage" | "expectedLostMinor" | "coverDays";

interface StockRow {
  readonly product_id: string;
  readonly title: string | null;
  readonly price_minor: number | null;
  readonly currency: string | null;
  readonly on_hand: number | null;
  readonly reserved: number | null;
  readonly inbound: number | null;
  readonly snapshot_on: string | null;
}

const ALERT_RANK: Readonly<Record<StockAlert, number>> = {
  "out-of-stock": 0,
  reorder: 1,
  "stock-unknown": 2,
  overstock: 3,
  ok: 4,
};

/**
 * What to order of each product of a store in a market, by default most urgent first, then by class and expected value. One query
 * and O(products log products).
 */
export async function listReorders(
  tables: Pick<OpenRelease, "rows">,
  planner: StockPlanner,
  place: { readonly store: string; readonly market: string },
  terms: ReplenishmentTerms,
  sort: ReorderSort = "urgency",
): Promise<Reorder[]> {
  const [rows, rules, wait] = await Promise.all([
    tables.rows<StockRow>(readSql("models/inventory/list_stock"), place),
    planner.listRules(place.store, place.market, terms),
    planner.learnDemand(place.store, place.market, terms),
  ]);
  const stockOf = new Map(rows.map((row) => [row.product_id, row]));
  const products = planner.listProducts(place.store, place.market);
  const values = products.map((demand) => expectAhead(demand) * (stockOf.get(demand.productId)?.price_minor ?? 0));
  const classes = classifyAbcXyz(values, products.map(variationOf));
  const entries = products.map((demand, at) => {
    const stock = stockOf.get(demand.productId);
    const plan = planProduct(demand, terms, rules);
    const position = stock?.on_hand == null ? null : stock.on_hand - (stock.reserved ?? 0) + (stock.inbound ?? 0);
    const risk = position === null ? undefined : assessRisk(demand, terms, wait, Math.max(0, position));
    const price = stock?.price_minor ?? null;
    const isDue = position !== null && position <= plan.reorderPoint;
    const expectedPerWeek = expectAhead(demand);
    const entry: Reorder = {
      productId: demand.productId,
      title: stock?.title ?? null,
      class: classes[at] as StockClass,
      alert: alertOf(stock?.on_hand ?? null, position, plan),
      onHand: stock?.on_hand ?? null,
      reserved: stock?.reserved ?? null,
      inbound: stock?.inbound ?? null,
      stockOn: stock?.snapshot_on ?? null,
      position,
      expectedPerWeek,
      ...plan,
      orderQuantity: position === null ? null : isDue ? roundOrder(plan.orderUpTo - position, terms) : 0,
      coverDays: stock?.on_hand == null || expectedPerWeek === 0 ? null : (stock.on_hand / expectedPerWeek) * STEP_DAYS,
      stockoutRisk: risk?.probability ?? null,
      expectedShortage: risk?.shortage ?? null,
      expectedLostMinor: risk === undefined || price === null ? null : Math.round(risk.shortage * price),
      currency: stock?.currency ?? null,
      method: demand.method,
    };
    return { entry, value: values[at] as number };
  });
  const measure = ({ entry }: (typeof entries)[number]): number => {
    const measured = sort === "urgency" ? 0 : entry[sort];
    return measured === null ? -Number.MAX_VALUE : sort === "coverDays" ? -measured : measured;
  };
  return entries
    .sort(
      (a, b) =>
        measure(b) - measure(a) ||
        ALERT_RANK[a.entry.alert] - ALERT_RANK[b.entry.alert] ||
        a.entry.class.localeCompare(b.entry.class) ||
        b.value - a.value,
    )
    .map(({ entry }) => entry);
}

function alertOf(
  onHand: number | null,
  position: number | null,
  plan: { readonly reorderPoint: number; readonly orderUpTo: number },
): StockAlert {
  if (onHand === null || position === null) return "stock-unknown";
  if (onHand <= 0) return "out-of-stock";
  if (position <= plan.reorderPoint) return "reorder";
  return position > 2 * plan.orderUpTo ? "overstock" : "ok";
}

/** Coefficient of variation of weekly demand; erratic where there is no demand. */
function variationOf({ history }: ProductDemand): number {
  const mean = history.reduce((sum, units) => sum + units, 0) / Math.max(1, history.length);
  const variance = history.reduce((sum, units) => sum + (units - mean) ** 2, 0) / Math.max(1, history.length);
  return mean === 0 ? Infinity : Math.sqrt(variance) / mean;
}
