import { setImmediate } from "node:timers/promises";
import { type Clock, systemClock } from "../../core/clock.ts";
import type { Config } from "../../core/config.ts";
import type { VarPaths } from "../../core/paths.ts";
import { loadForecaster } from "../../models/demand/load-forecaster.ts";
import { inlineCalibrator, type StockCalibrator } from "../../models/inventory/calibrate-stock.ts";
import { warmStockPlanner } from "../../models/inventory/warm-stock-planner.ts";
import { loadStockPlanner } from "../../models/inventory/stock-planner.ts";
import { loadPricer } from "../../models/pricing/load-pricer.ts";
import { loadRecommender } from "../../models/recommendation/load-recommender.ts";
import { readReleaseCatalogue } from "../../models/recommendation/serving/release-catalogue.ts";
import { createReleaseReader, type ReleaseReader } from "../../warehouse/release-reader.ts";
import { currentReleaseId } from "../../warehouse/releases/publish-release.ts";
import type { ReleaseSource } from "./release-holder.ts";
import type { ServedRelease } from "./served-release.ts";

/** Marts are small; what a query over them needs beyond this spills to disk. */
const MEMORY = "512MB";

/**
 * Opens releases of the state folder: a read-only engine over its marts and its model outputs as arrays. Each release has
 * an engine of its own, so that closing one touches nothing that the next one answers with.
 */
export function createReleaseSource(
  paths: VarPaths,
  { threads }: Pick<Config, "threads">,
  clock: Clock = systemClock,
  calibrator: StockCalibrator = inlineCalibrator,
): ReleaseSource<ServedRelease> {
  const readers = new WeakMap<ServedRelease, ReleaseReader>();
  return {
    currentId: () => currentReleaseId(paths),
    open: async () => {
      const reader = await createReleaseReader(paths, { memory: MEMORY, threads, tempDir: paths.temp });
      try {
        const tables = reader.current();
        const { id, asOf, manifest, folder } = tables;
        const recommender = loadRecommender(folder, manifest, await readReleaseCatalogue(tables), clock);
        // Each takes some 30 ms of the event loop; requests get their turn in between.
        await setImmediate();
        const forecaster = loadForecaster(folder, manifest);
        await setImmediate();
        const stockPlanner = loadStockPlanner(folder, manifest, calibrator);
        const pricer = loadPricer(folder, manifest);
        const release = {
          id,
          asOf,
          createdAt: manifest.createdAt,
          tables,
          recommender,
          forecaster,
          stockPlanner,
          pricer,
        };
        readers.set(release, reader);
        void warmStockPlanner(stockPlanner);
        return release;
      } catch (error) {
        await reader.close();
        throw error;
      }
    },
    dispose: async (release) => readers.get(release)?.close(),
  };
}
