import type { FastifyReply, FastifyRequest } from "fastify";
import type { ApiServer } from "../api-server.ts";

/** Pages run only what this server ships: nothing inline, nothing from elsewhere, in nobody's frame. */
const PAGE_POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The few headers every answer needs, in one hook: a general-purpose plugin costs more than the answer itself. */
export function installResponseHeaders(app: ApiServer): void {
  app.addHook("onSend", (request, reply, _payload, done) => {
    setResponseHeaders(request, reply);
    done();
  });
}

export function setResponseHeaders(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header("x-request-id", request.id);
  void reply.header("x-content-type-options", "nosniff");
  void reply.header("referrer-policy", "no-referrer");
  void reply.header("cross-origin-resource-policy", "same-origin");
  if (!reply.hasHeader("cache-control")) void reply.header("cache-control", "no-store");
  const type = reply.getHeader("content-type");
  const isPage = typeof type === "string" && type.startsWith("text/html");
  if (isPage && !reply.hasHeader("content-security-policy")) {
    void reply.header("content-security-policy", PAGE_POLICY);
  }
}
