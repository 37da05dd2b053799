import type { FastifyBaseLogger } from "fastify";
import type { Registry } from "prom-client";
import type { Clock } from "../core/clock.ts";
import type { Experiment } from "../models/experiments/experiment.ts";
import type { MatrixProvider } from "../models/routing/matrix-providers/matrix-provider.ts";
import type { Dashboard } from "../warehouse/metrics/dashboard.ts";
import type { MetricCatalogue } from "../warehouse/metrics/metric.ts";
import type { ReleaseManifest } from "../warehouse/releases/release-manifest.ts";
import type { EventLog } from "./serving/event-log.ts";
import type { ExposureLog } from "./serving/exposure-log.ts";
import type { IdempotencyStore } from "./serving/idempotency-store.ts";
import type { LiveEvents } from "./serving/live-events.ts";
import type { ReleaseHolder } from "./serving/release-holder.ts";
import type { RouteJobDesk } from "./serving/route-job-desk.ts";
import type { RouteSolver } from "./serving/route-solver.ts";
import type { RunDesk } from "./serving/run-desk.ts";
import type { ServedRelease } from "./serving/served-release.ts";

/** Everything the app is made of. Nothing in it is opened or started by the app, so tests put in what they like. */
export interface AppOptions {
  readonly releases: Pick<ReleaseHolder<ServedRelease>, "lease">;
  readonly listReleases: () => readonly ReleaseManifest[];
  readonly catalogue: MetricCatalogue;
  readonly dashboards: readonly Dashboard[];
  /** Tests of ways to recommend, one a day at most. */
  readonly experiments: readonly Experiment[];
  /** Currency of totals over several currencies. */
  readonly reportingCurrency: string;
  readonly runs: RunDesk;
  readonly idempotency: IdempotencyStore;
  readonly solver: Pick<RouteSolver, "solve" | "check" | "propose">;
  readonly routeJobs: RouteJobDesk;
  /** Puts travel between coordinates into a routing problem; undefined: great circles, made by the solver. */
  readonly matrixProvider: MatrixProvider | undefined;
  /** What visitors did since the release was made. */
  readonly liveEvents: LiveEvents;
  /** Where their events are kept for the nightly run. */
  readonly eventLog: Pick<EventLog, "append">;
  /** Where it is kept what customers of experiments were shown. */
  readonly exposureLog: Pick<ExposureLog, "append">;
  /** Names that POST /v1/ingest takes. */
  readonly datasets: readonly string[];
  /** Where uploads are spooled. */
  readonly inbox: string;
  /** Bytes of an upload at most, uncompressed. */
  readonly uploadLimitBytes: number;
  /** The built dashboards; may be missing. */
  readonly webFolder: string;
  readonly version: string;
  /** True where the server listens on loopback: other Host headers are refused then. */
  readonly isLoopbackOnly: boolean;
  /** Expensive POSTs a minute and caller. */
  readonly postsPerMinute: number;
  /** How long answers say `connection: close` before the listener closes. */
  readonly drainGraceMs: number;
  readonly clock: Clock;
  readonly registry: Registry;
  /** Missing: nothing is logged. */
  readonly logger?: FastifyBaseLogger;
}
