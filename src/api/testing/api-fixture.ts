import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Registry } from "prom-client";
import { fixedClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/log.ts";
import { varPaths, type VarPaths } from "../../core/paths.ts";
import { conform } from "../../warehouse/conform.ts";
import { buildMarts } from "../../warehouse/marts/build-marts.ts";
import { dashboardsFolder, metricsFolder } from "../../warehouse/metrics/default-folders.ts";
import { loadCatalogue } from "../../warehouse/metrics/load-catalogue.ts";
import { loadDashboards } from "../../warehouse/metrics/load-dashboards.ts";
import { listReleases } from "../../warehouse/releases/list-releases.ts";
import { publishRelease } from "../../warehouse/releases/publish-release.ts";
import { stageRelease } from "../../warehouse/releases/stage-release.ts";
import { insertRows, openFixtureWarehouse, orderLine } from "../../warehouse/testing/fixture-warehouse.ts";
import { experimentsFolder, loadExperiments } from "../../models/experiments/load-experiments.ts";
import { allModels } from "../../models/registry.ts";
import { checkSolution } from "../../models/routing/check-solution.ts";
import { parseVroomProblem } from "../../models/routing/parse-vroom-problem.ts";
import { proposeSlots } from "../../models/routing/propose-slots.ts";
import { solveRoute } from "../../models/routing/solve-route.ts";
import type { ApiServer } from "../api-server.ts";
import type { AppOptions } from "../app-options.ts";
import { buildApp } from "../app.ts";
import { createIdempotencyStore } from "../serving/idempotency-store.ts";
import { createRouteJobDesk } from "../serving/create-route-job-desk.ts";
import { createLiveEvents } from "../serving/live-events.ts";
import { createReleaseHolder, type ReleaseHolder } from "../serving/release-holder.ts";
import { createReleaseSource } from "../serving/release-source.ts";
import type { RouteJobRunner } from "../serving/route-job-runner.ts";
import type { RunDesk } from "../serving/run-desk.ts";
import type { ServedRelease } from "../serving/served-release.ts";

const AS_OF = "2011-12-31";
const ORDERS = 24;

/** Release id of the n-th night of January 2012. */
export function nightOf(night: number): string {
  return `201201${String(night).padStart(2, "0")}T033000-abcdef`;
}

/** What `gross_sales` of that night adds up to: two lines an order, each at as many pounds as the night has in its number. */
export function grossSalesOf(night: number): number {
  return ORDERS * 2 * night * 100;
}

/**
 * Stages a small release: customers C1 to C4 in GB and DE buy products P1 to P4 in pairs. Titles and prices carry the
 * number of the night, so that an answer mixed from two nights shows. `more` are order lines beside theirs.
 */
export async function stageNight(
  paths: VarPaths,
  night: number,
  more: readonly ReturnType<typeof orderLine>[] = [],
): Promise<void> {
  const warehouse = await openFixtureWarehouse();
  try {
    await insertRows(warehouse.session, "dim_store", [{ store_id: "shop" }]);
    await insertRows(warehouse.session, "fct_order_line", [...listLines(night), ...more]);
    // P1 costs nearly all of its price in Germany, P2 takes long to get there.
    await insertRows(warehouse.session, "fct_product_market", [
      { store_id: "shop", product_id: "P1", market_id: "DE", landed_cost_minor: night * 99, currency: "GBP" },
      { store_id: "shop", product_id: "P2", market_id: "DE", delivery_days: 60 },
      ...["P1", "P2", "P3", "P4"].map((product_id) => ({
        store_id: "shop",
        product_id,
        landed_cost_minor: night * 40,
        delivery_days: 3,
      })),
    ]);
    await conform(warehouse.session);
    await buildMarts(warehouse.session, { asOf: AS_OF });
    const context = {
      session: warehouse.session,
      asOf: AS_OF,
      seed: 1,
      stop: { shouldStop: () => false },
      onProgress: () => {},
    };
    const outcomes = [];
    for (const model of allModels) outcomes.push(await model.fit(context));
    await stageRelease(paths, warehouse.session, {
      releaseId: nightOf(night),
      runId: nightOf(night),
      asOf: AS_OF,
      createdAt: `2012-01-${String(night).padStart(2, "0")}T03:30:00.000Z`,
      version: "0.1.0",
      models: outcomes.map(({ card }) => ({ ...card, published: true })),
      modelFiles: outcomes.flatMap(({ files }) => files),
    });
  } finally {
    warehouse.close();
  }
}

/** Stages that night's release and makes it the current one. */
export async function publishNight(paths: VarPaths, night: number): Promise<void> {
  await stageNight(paths, night);
  publishRelease(paths, nightOf(night));
}

function listLines(night: number) {
  return Array.from({ length: ORDERS }, (_, order) => {
    const day = `2011-12-${String(1 + order).padStart(2, "0")}`;
    const who = { customer_id: `C${1 + (order % 4)}`, market_id: order % 2 === 0 ? "GB" : "DE" };
    const first = 1 + (order % 3);
    return [first, first + 1].map((product) =>
      orderLine(`O${order}`, day, `P${product}`, 1, night, {
        ...who,
        description: `Product ${product}, night ${night}`,
      }),
    );
  }).flat();
}

/** Refuses to start anything: routes that launch processes are tested with a desk of their own. */
const idleDesk: RunDesk = {
  listIds: () => [],
  find: () => undefined,
  get: () => {
    throw new Error("no runs in this test");
  },
  findLastSuccess: () => undefined,
  startNightly: () => {
    throw new Error("no runs in this test");
  },
  startIngest: () => {
    throw new Error("no runs in this test");
  },
};

/** Searches on this thread, so briefly that the same problem has the same answer. */
const inlineRunner: RouteJobRunner = {
  start: ({ problem, seed }, onMessage) => ({
    reply: Promise.resolve().then(() => {
      onMessage({ kind: "started" });
      const solution = solveRoute(problem, {
        seed,
        iterations: 64,
        onImprovement: (found) => onMessage({ kind: "improved", elapsedMs: 0, ...found }),
      });
      return { solution };
    }),
    stop: () => {},
    abandon: () => {},
  }),
  close: () => Promise.resolve(),
};

/** Ids job-1, job-2, … */
function createCounter(): () => string {
  let count = 0;
  return () => `job-${++count}`;
}

export interface ApiFixture {
  readonly paths: VarPaths;
  readonly app: ApiServer;
  readonly releases: ReleaseHolder<ServedRelease>;
  close(): Promise<void>;
}

/** The app over a folder of its own, with that night's release published; without one when `night` is undefined. */
export async function openApiFixture(
  night: number | undefined,
  overrides: Partial<AppOptions> = {},
): Promise<ApiFixture> {
  const root = mkdtempSync(join(tmpdir(), "tradewind-api-"));
  const paths = varPaths(root);
  if (night !== undefined) await publishNight(paths, night);
  const releases = createReleaseHolder(createReleaseSource(paths, { threads: 1 }), silentLogger);
  await releases.refresh();
  const app = buildApp({ ...defaultOptions(paths, releases), ...overrides });
  await app.ready();
  return {
    paths,
    app,
    releases,
    close: async () => {
      await app.close();
      await releases.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function defaultOptions(paths: VarPaths, releases: ReleaseHolder<ServedRelease>): AppOptions {
  const catalogue = loadCatalogue(metricsFolder());
  const clock = fixedClock("2012-02-01T12:00:00Z");
  return {
    releases,
    listReleases: () => listReleases(paths),
    catalogue,
    dashboards: loadDashboards(dashboardsFolder(), catalogue),
    experiments: loadExperiments(experimentsFolder()),
    reportingCurrency: "GBP",
    runs: idleDesk,
    idempotency: createIdempotencyStore(join(paths.root, "idempotency"), clock),
    solver: {
      solve: (problem) => Promise.resolve(solveRoute(problem)),
      check: (problem, solution) => Promise.resolve(checkSolution(parseVroomProblem(problem), solution)),
      propose: async (request) => proposeSlots(request),
    },
    matrixProvider: undefined,
    routeJobs: createRouteJobDesk({
      runner: inlineRunner,
      clock,
      logger: silentLogger,
      createId: createCounter(),
      maxRunning: 1,
      maxWaiting: 1_000_000,
      keptJobs: 1_000_000,
      keptMs: Number.MAX_SAFE_INTEGER,
    }),
    liveEvents: createLiveEvents(),
    eventLog: { append: async () => {} },
    exposureLog: { append: async () => {} },
    datasets: ["order-lines", "orders"],
    inbox: paths.inbox,
    uploadLimitBytes: 10_000,
    webFolder: join(paths.root, "no-web"),
    version: "0.0.0-test",
    isLoopbackOnly: true,
    postsPerMinute: 10_000,
    drainGraceMs: 0,
    clock,
    registry: new Registry(),
  };
}
