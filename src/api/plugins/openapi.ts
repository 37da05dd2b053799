import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { ApiServer } from "../api-server.ts";

const DESCRIPTION = `Recommendations, forecasts, route plans and governed metrics of a cross-border shop.

Every answer carries \`release\` and \`asOf\`: which nightly release it was made from and how far its data goes.
Money is whole minor units with an ISO 4217 code, days are YYYY-MM-DD, instants RFC 3339 UTC.
Every failure is \`application/problem+json\` (RFC 9457) with a stable \`code\`; see /docs/errors.
Unknown input properties are refused.`;

/** Swagger UI sets some styles from script; everything else is as strict as on our own pages. */
const DOCS_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Generates OpenAPI 3.1 from the route schemas, shows it at `/docs` and hands it out at `/openapi.json`. */
export function installOpenApi(app: ApiServer, version: string): void {
  app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Tradewind",
        version,
        description: DESCRIPTION,
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      servers: [{ url: "/", description: "This server." }],
      tags: [
        { name: "recommendations", description: "What to show a shopper." },
        { name: "demand", description: "What will be sold." },
        { name: "routes", description: "Who drives where, in VROOM's format." },
        { name: "metrics", description: "Governed figures and the dashboards made of them." },
        { name: "operations", description: "Runs, releases, ingest and health." },
      ],
      security: [],
    },
    // `$ref: "Problem#"` becomes #/components/schemas/Problem.
    refResolver: {
      buildLocalReference: ({ $id }, _baseUri, _fragment, index) => (typeof $id === "string" ? $id : `Schema${index}`),
    },
  });
  app.register(swaggerUi, {
    routePrefix: "/docs",
    staticCSP: DOCS_POLICY,
    uiConfig: { deepLinking: true, displayRequestDuration: true },
  });
  app.get("/openapi.json", { schema: { hide: true } }, (_request, reply) =>
    reply.header("cache-control", "no-cache").send(app.swagger()),
  );
}
