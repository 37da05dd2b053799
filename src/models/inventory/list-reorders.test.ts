import { describe, expect, it } from "vitest";
import { conform } from "../../warehouse/conform.ts";
import { buildMarts } from "../../warehouse/marts/build-marts.ts";
import { insertRows, openFixtureWarehouse, orderLine } from "../../warehouse/testing/fixture-warehouse.ts";
import { seasonalForecast } from "../demand/seasonal-forecast.ts";
import { createRng } from "../../core/rng.ts";
import { decodeForecasts, type ForecastArtefact } from "../demand/artefacts.ts";
import { listReorders } from "./list-reorders.ts";
import { createStockPlanner } from "./stock-planner.ts";

const AS_OF = "2011-12-31";
const TERMS = {
  leadTimeDays: 14,
  leadTimeDeviationDays: 0,
  reviewDays: 7,
  target: { kind: "fill", share: 0.9 },
  minimumOrder: 10,
  packSize: 6,
} as const;

describe("the list of reorders", () => {
  it("adds up the newest snapshot of each place and orders what is missing, in packs", async () => {
    const warehouse = await openFixtureWarehouse();
    try {
      const { session } = warehouse;
      await insertRows(session, "dim_store", [{ store_id: "shop" }]);
      const days = Array.from({ length: 28 }, (_, at) => `2011-12-${String(at + 4).padStart(2, "0")}`);
      const lines = days.flatMap((day, at) =>
        ["cup", "tea"].map((item) => orderLine(`O${at}${item}`, day, item, 5, 2)),
      );
      await insertRows(session, "fct_order_line", lines);
      const snapshot = (product: string, hub: string, on: string, onHand: number, more: object = {}) => ({
        store_id: "shop",
        product_id: product,
        hub_id: hub,
        snapshot_on: on,
        on_hand: onHand,
        ...more,
      });
      await insertRows(session, "fct_inventory_snapshot", [
        snapshot("cup", "A", "2011-12-30", 900),
        snapshot("cup", "A", "2011-12-31", 7, { reserved: 2 }),
        snapshot("cup", "B", "2011-12-20", 3, { inbound: 4 }),
        snapshot("cup", "B", "2012-01-02", 999),
      ]);
      await conform(session);
      await buildMarts(session, { asOf: AS_OF });
      const context = { session, asOf: AS_OF, seed: 1, stop: { shouldStop: () => false }, onProgress: () => {} };
      const { files } = await seasonalForecast.fit(context);
      const bytes = new Map(files.map((file) => [file.name, file.bytes]));
      const planner = createStockPlanner(
        decodeForecasts((name) => bytes.get(name) as Uint8Array),
        0.25,
      );

      const [cup, tea] = await listReorders(session, planner, { store: "shop", market: "" }, TERMS);

      // 7 + 3 on hand, 2 reserved, 4 inbound; the snapshot after the last day of data is not known yet.
      expect(cup).toMatchObject({ productId: "cup", onHand: 10, reserved: 2, inbound: 4, position: 12 });
      expect(cup).toMatchObject({ alert: "reorder", stockOn: "2011-12-31" });
      const missing = (cup?.orderUpTo ?? 0) - 12;
      expect(cup?.orderQuantity).toBe(Math.ceil(missing / 6) * 6);
      expect(cup?.expectedPerWeek).toBeCloseTo(35, 0);
      expect(tea).toMatchObject({ productId: "tea", alert: "stock-unknown", orderQuantity: null, stockoutRisk: null });
      // Two products over four weeks cannot tell chances of one in a hundred.
      expect(cup).toMatchObject({ stockoutRisk: null, expectedShortage: null, expectedLostMinor: null });
    } finally {
      warehouse.close();
    }
  });
});

describe("the risk of running out", () => {
  it("is highest for what has least for its demand, and sorts the list by what would be lost", async () => {
    const rng = createRng(3);
    const weeks = 40;
    const names = Array.from({ length: 30 }, (_, at) => `p${String(at).padStart(2, "0")}`);
    const planner = createStockPlanner(
      {
        store: names.map(() => "shop"),
        product: names,
        market: names.map(() => ""),
        unit: names.map(() => "week"),
        method: names.map(() => "recent-mean"),
        history: Float32Array.from({ length: names.length * weeks }, () => Math.floor(rng.next() * 21)),
        historyPtr: Int32Array.from({ length: names.length + 1 }, (_, at) => at * weeks),
        mean: new Float32Array(names.length * 4).fill(10),
        pointPtr: Int32Array.from({ length: names.length + 1 }, (_, at) => at * 4),
      } as unknown as ForecastArtefact,
      0.25,
    );
    // The first of them has nothing, each next four units more; the dearest come last.
    const rows = names.map((product_id, at) => ({
      product_id,
      title: null,
      price_minor: 100 + 50 * at,
      currency: "GBP",
      on_hand: 4 * at,
      reserved: 0,
      inbound: 0,
      snapshot_on: "2011-12-31",
    }));
    const tables = { rows: async <Row>(): Promise<Row[]> => rows as Row[] };
    const place = { store: "shop", market: "" };
    const byRisk = await listReorders(tables, planner, place, TERMS, "stockoutRisk");
    expect(byRisk[0]).toMatchObject({ productId: "p00", currency: "GBP" });
    expect(byRisk[0]?.stockoutRisk).toBeGreaterThan(0.95);
    expect(byRisk.at(-1)?.stockoutRisk).toBeLessThan(0.01);
    for (const { expectedShortage, expectedLostMinor, productId } of byRisk) {
      const price = 100 + 50 * names.indexOf(productId);
      expect(expectedLostMinor).toBe(Math.round((expectedShortage ?? Number.NaN) * price));
    }
    const byLoss = await listReorders(tables, planner, place, TERMS, "expectedLostMinor");
    const losses = byLoss.map(({ expectedLostMinor }) => expectedLostMinor ?? -1);
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    expect(byLoss[0]?.productId).not.toBe("p00");
  });
});
