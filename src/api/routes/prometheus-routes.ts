import { Type } from "@fastify/type-provider-typebox";
import type { Registry } from "prom-client";
import type { ApiServer } from "../api-server.ts";
import { PROBLEM_RESPONSES } from "../schemas/problem-schema.ts";

export function prometheusRoutes(app: ApiServer, { registry }: { readonly registry: Registry }): void {
  app.get(
    "/metrics",
    {
      schema: {
        operationId: "getProcessMetrics",
        summary: "Figures of this process for Prometheus",
        tags: ["operations"],
        response: {
          200: { description: "Text exposition format.", content: { "text/plain": { schema: Type.String() } } },
          ...PROBLEM_RESPONSES,
        },
      },
    },
    async (_request, reply) => {
      void reply.type(registry.contentType);
      return registry.metrics();
    },
  );
}
