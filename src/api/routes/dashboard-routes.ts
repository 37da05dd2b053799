import { Type } from "@fastify/type-provider-typebox";
import { fail } from "../../core/errors.ts";
import type { Dashboard } from "../../warehouse/metrics/dashboard.ts";
import { readFreshness } from "../../warehouse/metrics/read-freshness.ts";
import type { ApiServer } from "../api-server.ts";
import { CACHE_AND_ASK, stampOf } from "../plugins/release-lease.ts";
import { DashboardSchema, DashboardSummarySchema } from "../schemas/dashboard-schema.ts";
import { PROBLEM_RESPONSES } from "../schemas/problem-schema.ts";
import { STAMP_OR_NULL } from "../schemas/stamp.ts";

const config = { cacheControl: CACHE_AND_ASK };
const tags = ["metrics"];

/** The dashboard pages as their files state them; what is on them is asked for with POST /v1/metrics/query. */
export function dashboardRoutes(app: ApiServer, { dashboards }: { readonly dashboards: readonly Dashboard[] }): void {
  const byId = new Map(dashboards.map((dashboard) => [dashboard.id, dashboard]));
  const inMenuOrder = [...dashboards].sort((a, b) => a.order - b.order);

  app.get(
    "/v1/dashboards",
    {
      config,
      schema: {
        operationId: "listDashboards",
        summary: "Dashboards in the order of the menu",
        tags,
        response: {
          200: Type.Object({ ...STAMP_OR_NULL, dashboards: Type.Array(DashboardSummarySchema) }),
          ...PROBLEM_RESPONSES,
        },
      },
    },
    (request) => ({ ...stampOf(request), dashboards: inMenuOrder }),
  );

  app.get(
    "/v1/dashboards/:id",
    {
      config,
      schema: {
        operationId: "getDashboard",
        summary: "One dashboard: its filters and cards",
        tags,
        params: Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }) }, { additionalProperties: false }),
        response: { 200: DashboardSchema, ...PROBLEM_RESPONSES },
      },
    },
    async (request) => {
      const dashboard = byId.get(request.params.id);
      if (dashboard === undefined) {
        const known = inMenuOrder.map(({ id }) => id).join(", ");
        throw fail("DASHBOARD_NOT_FOUND", `There is no dashboard "${request.params.id}"; there are ${known}.`);
      }
      const tables = request.lease?.release.tables;
      const freshness = tables === undefined ? [] : await readFreshness(tables, dashboard.domain);
      return { ...dashboard, freshness, ...stampOf(request) };
    },
  );
}
