import type { ApiServer } from "../api-server.ts";

/** One line a request: the route, not the address, so that no id or query of a customer gets into the log. */
export function installRequestLog(app: ApiServer): void {
  app.addHook("onResponse", (request, reply, done) => {
    const fields = {
      method: request.method,
      route: request.routeOptions.url ?? "unmatched",
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 1000) / 1000,
      release: request.lease?.release.id,
    };
    if (reply.statusCode >= 500) request.log.error(fields, "request.finished");
    else request.log.info(fields, "request.finished");
    done();
  });
}
