import type { FastifyReply, FastifyRequest } from "fastify";
import { AppError, fail } from "../../core/errors.ts";
import { asVroomToo, PROBLEM_MEDIA_TYPE, toProblem } from "../problems/problem.ts";
import type { ApiServer } from "../api-server.ts";
import type { RouteInventory } from "./route-inventory.ts";

/** Unless the failure knows better, in `meta.retryAfterSec`. */
const RETRY_AFTER_SEC = 5;

/** Paths whose requests and answers are VROOM's. */
const ROUTING = "/v1/routes/";

/** Answers with the problem for anything thrown. Also Fastify's `frameworkErrors`, which run outside its handlers. */
export function sendProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const plain = toProblem(thrown, request.id);
  const problem = request.url.startsWith(ROUTING) ? asVroomToo(plain) : plain;
  if (problem.status >= 500) request.log.error({ err: thrown, code: problem.code }, "request.failed");
  if (thrown instanceof AppError && thrown.retryable && !reply.hasHeader("retry-after")) {
    const { retryAfterSec } = thrown.meta;
    void reply.header("retry-after", String(typeof retryAfterSec === "number" ? retryAfterSec : RETRY_AFTER_SEC));
  }
  return reply
    .removeHeader("etag")
    .header("cache-control", "no-store")
    .code(problem.status)
    .type(PROBLEM_MEDIA_TYPE)
    .send(JSON.stringify(problem));
}

/** Makes every failure a problem: thrown errors, refused input, unknown paths and methods. */
export function installProblems(app: ApiServer, inventory: RouteInventory): void {
  app.setErrorHandler((thrown, request, reply) => sendProblem(thrown, request, reply));
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?", 1)[0] ?? "/";
    const methods = inventory.methodsOf(path);
    if (methods.length === 0) {
      return sendProblem(fail("ROUTE_NOT_FOUND", `${path} is not a path here; see /docs for all.`), request, reply);
    }
    const allowed = methods.join(", ");
    void reply.header("allow", allowed);
    const detail = `${path} does not take ${request.method}; it takes ${allowed}.`;
    return sendProblem(fail("REQUEST_METHOD_NOT_ALLOWED", detail), request, reply);
  });
}
