import type { ApiServer } from "../api-server.ts";

/** One line a request: the route, not the address, so that no id or query of a customer gets into the log. */
export function installRequestLog(app: ApiServer): void {
  // These lines hold nothing secret by what they are made of: nobody need look through each.
  const log = app.log.child({}, { formatters: { log: (line) => line } });
  app.addHook("onResponse", (request, reply, done) => {
    const fields = {
      reqId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? "unmatched",
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 1000) / 1000,
      release: request.lease?.release.id,
    };
    if (reply.statusCode >= 500) log.error(fields, "request.finished");
    else log.info(fields, "request.finished");
    done();
  });
}
