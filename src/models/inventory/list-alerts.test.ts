import { describe, expect, it } from "vitest";
import { listAlerts } from "./list-alerts.ts";
import type { Reorder } from "./list-reorders.ts";

function stocked(productId: string, change: Partial<Reorder>): Reorder {
  const levels = { leadTimeDemand: 20, safetyStock: 10, reorderPoint: 40, orderUpTo: 40 };
  const stock = { onHand: 50, reserved: 0, inbound: 0, stockOn: "2011-12-31", position: 50, orderQuantity: 0 };
  const risk = { stockoutRisk: 0.01, expectedShortage: 0.1, expectedLostMinor: 10, currency: "GBP" };
  const about = { productId, title: null, class: "AX" as const, alert: "ok" as const, method: "recent-mean" };
  return { ...about, ...levels, ...stock, ...risk, expectedPerWeek: 10, coverDays: 35, ...change };
}

const TERMS = { minRisk: 0.2, minCoverDays: 120 };

describe("alerts", () => {
  it("tell what is gone, what is about to be, and what there is too much of, dearest first", () => {
    const alerts = listAlerts(
      [
        stocked("fine", {}),
        stocked("slow", { alert: "overstock", position: 500, coverDays: 350 }),
        stocked("cheap", { alert: "reorder", stockoutRisk: 0.5, expectedLostMinor: 100 }),
        stocked("dear", { alert: "reorder", stockoutRisk: 0.3, expectedLostMinor: 900 }),
        stocked("gone", { alert: "out-of-stock", onHand: 0, stockoutRisk: 1 }),
      ],
      TERMS,
    );
    expect(alerts.map(({ kind, productId }) => [kind, productId])).toEqual([
      ["out-of-stock", "gone"],
      ["stock-out-risk", "dear"],
      ["stock-out-risk", "cheap"],
      ["overstock", "slow"],
    ]);
    expect(alerts[3]?.excessUnits).toBe(460);
  });

  it("keep silent below the thresholds, about what nobody buys, and where stock is unknown", () => {
    const unknown = { alert: "stock-unknown" as const, onHand: null, position: null, stockoutRisk: null };
    const quiet = [
      stocked("low", { stockoutRisk: 0.19 }),
      stocked("short-lived", { alert: "overstock", coverDays: 100 }),
      stocked("dead", { alert: "out-of-stock", onHand: 0, expectedPerWeek: 0 }),
      stocked("unseen", unknown),
    ];
    expect(listAlerts(quiet, TERMS)).toEqual([]);
  });
});
