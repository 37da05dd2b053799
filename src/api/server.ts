import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { collectDefaultMetrics, Registry } from "prom-client";
import { type Clock, systemClock } from "../core/clock.ts";
import type { Config } from "../core/config.ts";
import { packageRoot, varPaths } from "../core/paths.ts";
import { readVersion } from "../jobs/code-version.ts";
import { launchIngestProcess } from "../jobs/launch/launch-ingest-process.ts";
import { launchNightlyProcess } from "../jobs/launch/launch-nightly-process.ts";
import { listDatasetNames } from "../jobs/loads/list-dataset-names.ts";
import { createNightlyScheduler } from "../jobs/schedule/nightly-scheduler.ts";
import { experimentsFolder, loadExperiments } from "../models/experiments/load-experiments.ts";
import { dashboardsFolder, metricsFolder } from "../warehouse/metrics/default-folders.ts";
import { openProvider } from "../models/routing/matrix-providers/open-provider.ts";
import { loadCatalogue } from "../warehouse/metrics/load-catalogue.ts";
import { loadDashboards } from "../warehouse/metrics/load-dashboards.ts";
import { listReleases } from "../warehouse/releases/list-releases.ts";
import { currentReleaseId } from "../warehouse/releases/publish-release.ts";
import { buildApp } from "./app.ts";
import { createLogger } from "./create-logger.ts";
import { isLoopback } from "./plugins/loopback-host.ts";
import { createEventLog } from "./serving/event-log.ts";
import { createExposureLog } from "./serving/exposure-log.ts";
import { createIdempotencyStore } from "./serving/idempotency-store.ts";
import { createLiveEvents } from "./serving/live-events.ts";
import { createReleaseHolder } from "./serving/release-holder.ts";
import { createRouteJobDesk } from "./serving/create-route-job-desk.ts";
import { createRouteJobRunner } from "./serving/route-job-runner.ts";
import { createRouteSolver } from "./serving/route-solver.ts";
import { createStockCalibrator } from "./serving/create-stock-calibrator.ts";
import { createRunDesk } from "./serving/create-run-desk.ts";
import { createReleaseSource } from "./serving/release-source.ts";
import { watchReleases } from "./serving/watch-releases.ts";

export interface ServerOptions {
  readonly config: Config;
  readonly clock?: Clock;
  /** Least severe line logged; the configured one unless given. */
  readonly logLevel?: string;
  /** False: no nightly runs are started from here. */
  readonly isScheduling?: boolean;
}

export interface RunningServer {
  /** Where it answers, e.g. http://127.0.0.1:8080. */
  readonly url: string;
  /** Stops in order: not ready, last answers with `connection: close`, then everything is let go of. Within 5 s. */
  close(): Promise<void>;
}

/** Expensive POSTs a minute and caller. */
const POSTS_PER_MINUTE = 60;
/** One search at a time, on its own thread; what has ended is kept for an hour. */
const ROUTE_JOBS = { maxRunning: 1, maxWaiting: 8, keptJobs: 50, keptMs: 3_600_000 } as const;
const DRAIN_GRACE_MS = 500;
/** From here on connections still open are cut. */
const HARD_STOP_MS = 4_000;

/**
 * Serves API and dashboards from the current release, swaps to new ones as they are published, and starts the
 * nightly runs (each in a process of its own). Nothing is written but logs, uploads and idempotency keys.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { config, clock = systemClock } = options;
  const paths = varPaths(config.varDir);
  const logger = createLogger(options.logLevel ?? config.logLevel);

  const calibrator = createStockCalibrator();
  const releases = createReleaseHolder(createReleaseSource(paths, config, clock, calibrator), logger);
  await releases.refresh();
  const stopWatching = watchReleases(() => releases.refresh(), logger);

  /** Runs started from here end with the server; a night that was cut off is made up at the next start. */
  const stopping = new AbortController();
  const scheduler = createNightlyScheduler({
    config,
    clock,
    launch: async (scheduledFor) => {
      await launchNightlyProcess(config, { scheduledFor }, clock, stopping.signal).finished;
      await releases.refresh();
    },
    logger,
  });
  const solver = createRouteSolver({
    maxThreads: Math.max(1, config.threads - 1),
    maxQueue: 16,
    timeLimitMs: 30_000,
  });
  const routeJobs = createRouteJobDesk({
    runner: createRouteJobRunner({ maxThreads: ROUTE_JOBS.maxRunning }),
    clock,
    logger,
    createId: randomUUID,
    ...ROUTE_JOBS,
  });
  const eventLog = createEventLog({ inbox: paths.inbox, clock });
  const exposureLog = createExposureLog({ inbox: paths.inbox, clock });
  const catalogue = loadCatalogue(metricsFolder());
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });

  const app = buildApp({
    releases,
    listReleases: () => listReleases(paths),
    catalogue,
    dashboards: loadDashboards(dashboardsFolder(), catalogue),
    experiments: loadExperiments(experimentsFolder()),
    reportingCurrency: config.reportingCurrency,
    runs: createRunDesk({
      paths,
      clock,
      launchNightly: (request) => launchNightlyProcess(config, request, clock, stopping.signal),
      launchIngest: (request) => launchIngestProcess(config, request, clock, stopping.signal),
      onNightlySucceeded: () => void releases.refresh(),
      logger,
    }),
    idempotency: createIdempotencyStore(join(paths.root, "idempotency"), clock),
    solver,
    matrixProvider: openProvider(config.router),
    routeJobs,
    liveEvents: createLiveEvents(),
    eventLog,
    exposureLog,
    datasets: listDatasetNames(),
    inbox: paths.inbox,
    uploadLimitBytes: config.uploadLimitMb * 1_048_576,
    webFolder: join(packageRoot(), "dist", "web"),
    version: readVersion(),
    isLoopbackOnly: isLoopback(config.host),
    postsPerMinute: POSTS_PER_MINUTE,
    drainGraceMs: DRAIN_GRACE_MS,
    clock,
    registry,
    logger,
  });

  const close = async (): Promise<void> => {
    scheduler.stop();
    stopping.abort();
    stopWatching();
    const hardStop = setTimeout(() => app.server.closeAllConnections(), HARD_STOP_MS);
    await app.close();
    clearTimeout(hardStop);
    const closers = [releases, calibrator, solver, routeJobs, eventLog, exposureLog];
    await Promise.all(closers.map((each) => each.close()));
    logger.info({}, "server.stopped");
  };

  try {
    const url = await app.listen({ host: config.host, port: config.port });
    if (options.isScheduling ?? true) scheduler.start();
    logger.info({ url, release: currentReleaseId(paths) }, "server.started");
    // Beside the first requests: the start does not wait for it, and a server that ends meanwhile ends it.
    solver.warm().catch((error: unknown) => logger.debug({ err: error }, "routes.not_warm"));
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}
