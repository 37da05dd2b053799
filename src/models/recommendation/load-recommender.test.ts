import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { SESSION_KNN_DEFAULTS } from "../../algorithms/recommendation/session/fit-session-knn.ts";
import { systemClock } from "../../core/clock.ts";
import type { ModelCard, ReleaseManifest } from "../../warehouse/releases/release-manifest.ts";
import { encodeSessionParams, SESSION_ARTEFACT } from "../sessions/artefact.ts";
import { contextFor, LAST_DAY, makeSales, openShop } from "../testing/small-shop.ts";
import { coPurchase } from "./co-purchase.ts";
import { loadRecommender } from "./load-recommender.ts";
import { EMPTY_CATALOGUE } from "./serving/release-catalogue.ts";

it("answers sessions by the parameters that the release publishes, else by what is bought together", async () => {
  const { session, close } = await openShop(makeSales(200));
  const { card, files } = await coPurchase.fit(contextFor(session));
  close();
  const folder = mkdtempSync(join(tmpdir(), "tradewind-release-"));
  mkdirSync(join(folder, "models"));
  for (const { name, bytes } of files) writeFileSync(join(folder, "models", name), bytes);
  writeFileSync(
    join(folder, "models", SESSION_ARTEFACT),
    encodeSessionParams({ ...SESSION_KNN_DEFAULTS, repeatWeight: 0 }),
  );
  const shared = { version: "0.1.0", runId: "run", files: [], facts: [], windows: {}, figures: {} };
  const manifest: ReleaseManifest = {
    ...shared,
    releaseId: "20240701T033000-abcdef",
    createdAt: "2024-07-01T03:30:00Z",
    asOf: LAST_DAY,
    models: [{ ...card, published: true }],
  };
  // Whoever looks at a1 looks at b2 next, which nobody buys with it.
  const visits = Array.from({ length: 40 }, (_, at) => `S${at % 20}`);
  const views = {
    store: visits.map(() => "shop"),
    visitor: visits,
    session: visits,
    id: visits.map((_, at) => (at < 20 ? "a1" : "b2")),
  };
  const firstOf = (models: readonly ModelCard[]) =>
    loadRecommender(folder, { ...manifest, models }, { ...EMPTY_CATALOGUE, views }, systemClock).forSession({
      n: 3,
      items: ["a1"],
    }).items[0];

  const sessionCard: ModelCard = { ...card, name: "session-knn", artefacts: [SESSION_ARTEFACT], published: true };
  expect(firstOf([...manifest.models, sessionCard])).toMatchObject({ itemId: "b2", source: "session" });
  expect(firstOf(manifest.models)?.itemId).toMatch(/^a/);
  expect(firstOf([...manifest.models, { ...sessionCard, artefacts: [] }])?.itemId).toMatch(/^a/);
});
