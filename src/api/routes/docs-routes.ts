import type { ApiServer } from "../api-server.ts";
import { renderErrorsPage } from "../error-docs.ts";

/** The page that the `type` of every problem leads to. */
export function docsRoutes(app: ApiServer): void {
  const page = renderErrorsPage();
  app.get("/docs/errors", { schema: { hide: true } }, (_request, reply) =>
    reply.type("text/html; charset=utf-8").header("cache-control", "no-cache").send(page),
  );
}
