import { type Clock, systemClock } from "../../core/clock.ts";
import { fail } from "../../core/errors.ts";
import type { ReleaseManifest } from "../../warehouse/releases/release-manifest.ts";
import { readCollaborativeLists } from "../collaborative/collaborative-lists.ts";
import { decodeSessionParams, SESSION_ARTEFACT } from "../sessions/artefact.ts";
import { openArtefacts } from "../open-artefacts.ts";
import { decodeRecommender } from "./artefacts.ts";
import { isCollaborativeBetter } from "./measure-similar.ts";
import { DEFAULT_PARAMS } from "./params.ts";
import type { Recommender } from "./recommender.ts";
import { createRecommender } from "./serving/create-recommender.ts";
import { EMPTY_CATALOGUE, type ReleaseCatalogue } from "./serving/release-catalogue.ts";

export type { Recommender } from "./recommender.ts";

/**
 * Loads the recommender of a release folder into memory; a few tens of megabytes and a fraction of a second.
 * Answers then take microseconds and read no file. Where the release has none, every answer is `MODEL_NOT_PUBLISHED`.
 * `catalogue` holds the release's tables; the clock's day decides which offers have begun or ended.
 */
export function loadRecommender(
  folder: string,
  manifest: ReleaseManifest,
  catalogue: ReleaseCatalogue = EMPTY_CATALOGUE,
  clock: Clock = systemClock,
): Recommender {
  const read = openArtefacts(folder, manifest, "co-purchase");
  const card = manifest.models.find(({ name }) => name === "co-purchase");
  if (read === undefined || card === undefined) return createAbsentRecommender();
  const halfLife = card.parameters["historyHalfLifeDays"];
  const artefact = decodeRecommender(read, (name) => card.artefacts.includes(name));
  const readLists = openArtefacts(folder, manifest, "collaborative");
  const listFiles = manifest.models.find(({ name }) => name === "collaborative")?.artefacts ?? [];
  const readSession = openArtefacts(folder, manifest, "session-knn");
  return createRecommender({
    artefact,
    sessionParams: readSession === undefined ? undefined : decodeSessionParams(readSession(SESSION_ARTEFACT)),
    lists:
      readLists === undefined
        ? undefined
        : readCollaborativeLists(readLists, artefact, (name) => listFiles.includes(name)),
    isCollaborativeBetter: (store) => isCollaborativeBetter(manifest, store),
    // An artefact may be carried over from an older release: its own window says how far its data reach.
    asOf: card.window.to,
    historyHalfLifeDays: typeof halfLife === "number" ? halfLife : DEFAULT_PARAMS.historyHalfLifeDays,
    catalogue,
    clock,
  });
}

function createAbsentRecommender(): Recommender {
  const refuse = (): never => {
    throw fail("MODEL_NOT_PUBLISHED", "This release holds no recommender: none has passed its gate yet.");
  };
  return {
    storeOf: refuse,
    models: refuse,
    similar: refuse,
    forCustomer: refuse,
    forBasket: refuse,
    forSession: refuse,
    popular: refuse,
    trending: refuse,
    buyAgain: refuse,
    recentlyViewed: refuse,
    rank: refuse,
  };
}
