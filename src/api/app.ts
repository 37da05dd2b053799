import rateLimitPlugin from "@fastify/rate-limit";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { fastify, LogController } from "fastify";
import { randomUUID } from "node:crypto";
import { toIsoDate } from "../core/dates.ts";
import { fail } from "../core/errors.ts";
import type { ApiServer } from "./api-server.ts";
import type { AppOptions } from "./app-options.ts";
import { answerClientError } from "./plugins/client-errors.ts";
import { type Draining, installDraining } from "./plugins/draining.ts";
import { installLoopbackHostCheck } from "./plugins/loopback-host.ts";
import { installOpenApi } from "./plugins/openapi.ts";
import { installPrometheus } from "./plugins/prometheus.ts";
import { installReleaseLease } from "./plugins/release-lease.ts";
import { installRequestLog } from "./plugins/request-log.ts";
import { installResponseHeaders, setResponseHeaders } from "./plugins/response-headers.ts";
import { createRouteInventory } from "./plugins/route-inventory.ts";
import { installProblems, sendProblem } from "./plugins/send-problems.ts";
import { installStaticPages } from "./plugins/static-pages.ts";
import { dashboardRoutes } from "./routes/dashboard-routes.ts";
import { docsRoutes } from "./routes/docs-routes.ts";
import { eventRoutes } from "./routes/event-routes.ts";
import { experimentRoutes } from "./routes/experiment-routes.ts";
import { forecastRoutes } from "./routes/forecast-routes.ts";
import { healthRoutes } from "./routes/health-routes.ts";
import { ingestRoutes } from "./routes/ingest-routes.ts";
import { inventoryRoutes } from "./routes/inventory-routes.ts";
import { metricRoutes } from "./routes/metric-routes.ts";
import { pricingRoutes } from "./routes/pricing-routes.ts";
import { prometheusRoutes } from "./routes/prometheus-routes.ts";
import { recommendationListRoutes } from "./routes/recommendation-list-routes.ts";
import { recommendationRoutes } from "./routes/recommendation-routes.ts";
import { releaseRoutes } from "./routes/release-routes.ts";
import { routeJobRoutes } from "./routes/route-job-routes.ts";
import { routeProposeRoutes } from "./routes/route-propose-routes.ts";
import { routeSolveRoutes } from "./routes/route-solve-routes.ts";
import { runRoutes } from "./routes/run-routes.ts";
import { ProblemSchema } from "./schemas/problem-schema.ts";
import { createValidatorCompiler } from "./schemas/validator-compiler.ts";

/** Characters of a path parameter at most, before decoding. */
const MAX_PARAM_LENGTH = 200;
const BODY_LIMIT_BYTES = 1_048_576;
/** A problem with matrices for about a thousand places. */
const ROUTE_BODY_LIMIT_BYTES = 8 * 1_048_576;
/** A sender that takes longer than this for one request is cut off. */
const REQUEST_TIMEOUT_MS = 300_000;

/** The whole HTTP surface, without a socket: `inject` works on it, `startServer` gives it a port. */
export function buildApp(options: AppOptions): ApiServer {
  const app: ApiServer = fastify({
    ...(options.logger === undefined ? { logger: false } : { loggerInstance: options.logger }),
    // One line of our own a request instead of two.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    // While draining, what still comes in is answered; our hook says `connection: close`.
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    // Bad escapes and over-long parameters are refused before any hook runs.
    frameworkErrors: (error, request, reply) => {
      setResponseHeaders(request, reply);
      void sendProblem(error, request, reply);
    },
  }).withTypeProvider<TypeBoxTypeProvider>();

  app.setValidatorCompiler(createValidatorCompiler());
  app.addSchema(ProblemSchema);
  const inventory = createRouteInventory(app);
  installProblems(app, inventory);
  const draining = installDraining(app, options.drainGraceMs);
  installResponseHeaders(app);
  if (options.isLoopbackOnly) installLoopbackHostCheck(app);
  installRequestLog(app);
  installPrometheus(app, {
    registry: options.registry,
    clock: options.clock,
    currentRelease: () => peek(options.releases),
    findLastSuccess: () => options.runs.findLastSuccess(),
  });
  installOpenApi(app, options.version);
  app.register(rateLimitPlugin, {
    global: false,
    enableDraftSpec: true,
    errorResponseBuilder: (_request, { max, ttl }) =>
      fail("REQUEST_RATE_LIMITED", `More than ${max} requests a minute; wait ${Math.ceil(ttl / 1000)} s.`),
  });
  app.register((scope, _options, done) => {
    registerRoutes(scope.withTypeProvider<TypeBoxTypeProvider>(), options, draining);
    done();
  });
  installStaticPages(app, options.webFolder);
  return app;
}

function registerRoutes(app: ApiServer, options: AppOptions, draining: Draining): void {
  const rateLimit = { max: options.postsPerMinute, timeWindow: "1 minute" };
  healthRoutes(app, { currentRelease: () => peek(options.releases), draining });
  prometheusRoutes(app, options);
  docsRoutes(app);
  app.register((v1, _options, done) => {
    const scope = v1.withTypeProvider<TypeBoxTypeProvider>();
    const code = etagSaltOf(options);
    // Offers begin and end with the day.
    const etagSalt = (): string => `${code} ${toIsoDate(options.clock.now())}`;
    installReleaseLease(scope, { releases: options.releases, etagSalt });
    recommendationRoutes(scope, options);
    recommendationListRoutes(scope, options);
    experimentRoutes(scope, options);
    eventRoutes(scope, options);
    forecastRoutes(scope);
    inventoryRoutes(scope);
    pricingRoutes(scope);
    const bodyLimit = ROUTE_BODY_LIMIT_BYTES;
    const routing = { rateLimit, bodyLimit, provider: options.matrixProvider };
    routeSolveRoutes(scope, { ...routing, solver: options.solver });
    routeProposeRoutes(scope, { ...routing, solver: options.solver });
    routeJobRoutes(scope, { ...routing, jobs: options.routeJobs, idempotency: options.idempotency });
    metricRoutes(scope, options);
    dashboardRoutes(scope, options);
    releaseRoutes(scope, options);
    runRoutes(scope, { ...options, rateLimit });
    scope.register((uploads, _uploadOptions, uploadsDone) => {
      const { uploadLimitBytes: limitBytes } = options;
      ingestRoutes(uploads.withTypeProvider<TypeBoxTypeProvider>(), { ...options, rateLimit, limitBytes });
      uploadsDone();
    });
    done();
  });
}

/** The current release without keeping it open: for its id and age only. */
function peek(releases: AppOptions["releases"]) {
  const lease = releases.lease();
  lease?.end();
  return lease?.release;
}

function etagSaltOf({ version, dashboards }: AppOptions): string {
  return `${version} ${JSON.stringify(dashboards)}`;
}
