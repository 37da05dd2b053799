import { createOnceForEach } from "../../core/once-for-each.ts";
import { Type } from "@fastify/type-provider-typebox";
import { listFilterValues } from "../../warehouse/metrics/list-filter-values.ts";
import { DIMENSIONS } from "../../warehouse/metrics/mart-tables.ts";
import type { MetricCatalogue } from "../../warehouse/metrics/metric.ts";
import type { MetricResult } from "../../warehouse/metrics/metric-result.ts";
import { queryMetrics } from "../../warehouse/metrics/query-metrics.ts";
import { toArrow } from "../../warehouse/metrics/to-arrow.ts";
import { toCsv } from "../../warehouse/metrics/to-csv.ts";
import type { ApiServer } from "../api-server.ts";
import { CACHE_AND_ASK, releaseOf } from "../plugins/release-lease.ts";
import { METRIC_MEDIA_TYPES, negotiateFormat } from "../schemas/media-types.ts";
import { CatalogueSchema, MetricQuerySchema, MetricResultSchema } from "../schemas/metric-schema.ts";
import { PROBLEM_RESPONSES } from "../schemas/problem-schema.ts";
import { createAnswerCache, type AnswerCache } from "../serving/answer-cache.ts";
import type { ServedRelease } from "../serving/served-release.ts";

export interface MetricOptions {
  readonly catalogue: MetricCatalogue;
  /** Currency of totals over several currencies. */
  readonly reportingCurrency: string;
}

/** A dashboard asks some twenty questions; this many dashboards' worth stay at hand. */
const KEPT_ANSWERS = 200;

const tags = ["metrics"];

/** The governed figures: what there is, and any cut of it as JSON, CSV or Arrow. */
export function metricRoutes(app: ApiServer, { catalogue, reportingCurrency }: MetricOptions): void {
  const metrics = [...catalogue.metrics.values()];
  // A release never changes, and so do its answers not; they go when it goes.
  const onceFor = createOnceForEach<AnswerCache<MetricResult>>();
  const answersOf = (release: ServedRelease): AnswerCache<MetricResult> =>
    onceFor(release, () => createAnswerCache(KEPT_ANSWERS));

  app.get(
    "/v1/metrics",
    {
      config: { cacheControl: CACHE_AND_ASK },
      schema: {
        operationId: "listMetrics",
        summary: "The metric catalogue and what it can be cut by",
        tags,
        response: { 200: CatalogueSchema, ...PROBLEM_RESPONSES },
      },
    },
    async (request) => {
      const { id, asOf, tables } = releaseOf(request);
      const choices = await listFilterValues(tables);
      return { metrics, dimensions: DIMENSIONS, ...choices, release: id, asOf };
    },
  );

  app.post(
    "/v1/metrics/query",
    {
      schema: {
        operationId: "queryMetrics",
        summary: "Figures by dimension and time",
        description:
          "JSON, CSV (`Accept: text/csv` or `?format=csv`, amounts in major units) or an Arrow IPC stream " +
          "(its media type or `?format=arrow`). CSV and Arrow carry release and asOf as headers.",
        tags,
        querystring: Type.Object(
          { format: Type.Optional(Type.Enum(["json", "csv", "arrow"], { description: "Wins over Accept." })) },
          { additionalProperties: false },
        ),
        body: MetricQuerySchema,
        response: {
          200: {
            description: "The figures asked for.",
            content: {
              [METRIC_MEDIA_TYPES.json]: { schema: MetricResultSchema },
              [METRIC_MEDIA_TYPES.csv]: { schema: {} },
              [METRIC_MEDIA_TYPES.arrow]: { schema: {} },
            },
          },
          ...PROBLEM_RESPONSES,
        },
      },
    },
    async (request, reply) => {
      const format = request.query.format ?? negotiateFormat(request.headers.accept);
      const release = releaseOf(request);
      const result = await answersOf(release).get(JSON.stringify(request.body), () =>
        queryMetrics(release.tables, catalogue, request.body, { reportingCurrency }),
      );
      void reply.type(METRIC_MEDIA_TYPES[format]).header("vary", "accept");
      if (format === "json") return result;
      if (format === "csv") void reply.type("text/csv; charset=utf-8");
      void reply.header("content-disposition", `attachment; filename="tradewind-${result.asOf}.${format}"`);
      void reply.header("tradewind-release", result.release).header("tradewind-as-of", result.asOf);
      return format === "csv" ? toCsv(result, catalogue, request.body.language) : Buffer.from(toArrow(result));
    },
  );
}
