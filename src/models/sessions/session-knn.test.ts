import { describe, expect, it } from "vitest";
import { SESSION_KNN_DEFAULTS } from "../../algorithms/recommendation/session/fit-session-knn.ts";
import { createRng } from "../../core/rng.ts";
import type { ModelCard } from "../../warehouse/releases/release-manifest.ts";
import type { ModelOutcome } from "../model.ts";
import { contextFor, openShop } from "../testing/small-shop.ts";
import { decodeSessionParams } from "./artefact.ts";
import { sessionKnn } from "./session-knn.ts";

const ITEMS = 100;

/** Visits along paths of neighbouring items, or without any pattern. */
function makeVisits(count: number, hasPattern: boolean): number[][] {
  const rng = createRng(4);
  return Array.from({ length: count }, () => {
    const start = rng.nextInt(ITEMS);
    return [0, 1, 2].map((step) => (hasPattern ? (start + step) % ITEMS : rng.nextInt(ITEMS)));
  });
}

async function fit(visits: readonly (readonly number[])[], previous?: ModelCard): Promise<ModelOutcome> {
  const { session, close } = await openShop([]);
  try {
    await session.run(
      `CREATE TABLE mart_product_view (store_id VARCHAR, visitor_id VARCHAR, session_id VARCHAR, product_id VARCHAR,
        kind VARCHAR, event_at TIMESTAMP)`,
    );
    const rows = visits.flatMap((clicks, visit) =>
      clicks.map(
        (item, click) =>
          `('shop', 'V${visit}', 'S${visit}', 'P${item}', 'view_item', '2024-06-01'::TIMESTAMP + to_seconds(${10 * visit + click}))`,
      ),
    );
    if (rows.length > 0) await session.run(`INSERT INTO mart_product_view VALUES ${rows.join(", ")}`);
    return await sessionKnn.fit({ ...contextFor(session), previous });
  } finally {
    close();
  }
}

describe("the session model", () => {
  it("passes its gate where clicks follow each other, and publishes the parameters of its card", async () => {
    const { card, files } = await fit(makeVisits(1000, true));
    expect(card.gate.passed).toBe(true);
    expect(card.metrics["cases"]).toBe(100);
    expect(card.metrics["nextClickMrrAt20"]).toBeGreaterThan(0.5);
    expect(card.metrics["nextClickMrrGainLow"]).toBeGreaterThan(0.2);
    expect(card.baseline["nextClickMrrAt20"]).toBeLessThan(0.2);
    expect(files.map(({ name }) => name)).toEqual(card.artefacts);
    expect(decodeSessionParams(files[0]?.bytes ?? new Uint8Array(0))).toEqual(card.parameters);
  });

  it("is held back where clicks have no pattern", async () => {
    const { card } = await fit(makeVisits(600, false));
    expect(card.gate.passed).toBe(false);
    expect(card.metrics["nextClickMrrGainLow"]).toBeLessThanOrEqual(0);
  });

  it("is held back without enough visits to measure it, and says so", async () => {
    for (const visits of [[], makeVisits(99, true)]) {
      const { card } = await fit(visits);
      expect(card.gate).toEqual({ rule: expect.stringContaining("Fewer than 100 sessions"), passed: false });
      expect(card.metrics).toEqual({ sessions: visits.length });
    }
  });

  it("is held back where the parameters published before are surely better", async () => {
    // What follows a path has changed of late; the search never asks for the newest visits alone.
    const visits = Array.from({ length: 2000 }, (_, at) => {
      const path = at % 30;
      return [path, 30 + path, 60 + (at < 1600 ? (path + 7) % 30 : path)];
    });
    const { card } = await fit(visits);
    const best = { ...SESSION_KNN_DEFAULTS, repeatWeight: 0, recentPerItem: 5 };
    const again = await fit(visits, { ...card, published: true, parameters: best });
    expect(again.card.parameters).toEqual(card.parameters);
    expect([card.gate.passed, again.card.gate.passed]).toEqual([true, false]);
  });
});
