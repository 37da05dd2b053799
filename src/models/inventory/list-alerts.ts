import type { Reorder } from "./list-reorders.ts";

/** Thresholds of what is worth a word. */
export interface AlertTerms {
  /** Probability of running out before an order of today arrives, from which on it is told. */
  readonly minRisk: number;
  /** Days of cover from which on a product beyond twice its order-up-to level is told as too much. */
  readonly minCoverDays: number;
}

export interface InventoryAlert {
  readonly kind: "out-of-stock" | "stock-out-risk" | "overstock";
  readonly productId: string;
  readonly title: string | null;
  readonly stockoutRisk: number | null;
  readonly expectedShortage: number | null;
  readonly expectedLostMinor: number | null;
  readonly currency: string | null;
  readonly orderQuantity: number | null;
  /** Units beyond the order-up-to level; 0 where there are none. */
  readonly excessUnits: number;
  readonly coverDays: number | null;
}

const RANK: Readonly<Record<InventoryAlert["kind"], number>> = { "out-of-stock": 0, "stock-out-risk": 1, overstock: 2 };

/** What of a list of reorders needs someone: gone, about to run out, too much; dearest first within each. O(n log n). */
export function listAlerts(reorders: readonly Reorder[], terms: AlertTerms): InventoryAlert[] {
  const alerts = reorders.flatMap((entry): InventoryAlert[] => {
    const kind = kindOf(entry, terms);
    if (kind === undefined) return [];
    const { productId, title, stockoutRisk, expectedShortage, expectedLostMinor, currency } = entry;
    const { orderQuantity, coverDays, position, orderUpTo } = entry;
    const excessUnits = Math.max(0, Math.floor((position ?? 0) - orderUpTo));
    const risk = { stockoutRisk, expectedShortage, expectedLostMinor, currency };
    return [{ kind, productId, title, ...risk, orderQuantity, excessUnits, coverDays }];
  });
  return alerts.sort(
    (a, b) =>
      RANK[a.kind] - RANK[b.kind] ||
      (b.expectedLostMinor ?? 0) - (a.expectedLostMinor ?? 0) ||
      b.excessUnits - a.excessUnits ||
      a.productId.localeCompare(b.productId),
  );
}

function kindOf(entry: Reorder, terms: AlertTerms): InventoryAlert["kind"] | undefined {
  if (entry.alert === "out-of-stock") return entry.expectedPerWeek > 0 ? "out-of-stock" : undefined;
  if (entry.stockoutRisk !== null && entry.stockoutRisk >= terms.minRisk) return "stock-out-risk";
  const isLong = entry.coverDays === null || entry.coverDays >= terms.minCoverDays;
  return entry.alert === "overstock" && isLong ? "overstock" : undefined;
}
