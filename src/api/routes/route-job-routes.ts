import { Type } from "@fastify/type-provider-typebox";
import { fail } from "../../core/errors.ts";
import { fillMatrices } from "../../models/routing/matrix-providers/fill-matrices.ts";
import type { MatrixProvider } from "../../models/routing/matrix-providers/matrix-provider.ts";
import type { ApiServer } from "../api-server.ts";
import { stampOf } from "../plugins/release-lease.ts";
import { IDEMPOTENCY_HEADERS } from "../schemas/idempotency-headers.ts";
import { PROBLEM_RESPONSES } from "../schemas/problem-schema.ts";
import { RouteJobSchema, SolvedRouteJobSchema } from "../schemas/route-job-schema.ts";
import { STAMP_OR_NULL } from "../schemas/stamp.ts";
import { withDefault } from "../schemas/with-default.ts";
import { VroomProblemSchema } from "../schemas/vroom-schema.ts";
import type { IdempotencyStore } from "../serving/idempotency-store.ts";
import type { RouteJob, RouteJobDesk } from "../serving/route-job-desk.ts";
import { createEventStream } from "./route-job-events.ts";

const CLOSED = { additionalProperties: false } as const;
const tags = ["routes"];
const params = Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) }, CLOSED);
const SolvedAnswer = Type.Object({ ...STAMP_OR_NULL, job: SolvedRouteJobSchema });
const MAX_SECONDS = 600;
const MAX_THREADS = 16;

export interface RouteJobOptions {
  readonly jobs: RouteJobDesk;
  readonly provider: MatrixProvider | undefined;
  readonly idempotency: IdempotencyStore;
  readonly rateLimit: { readonly max: number; readonly timeWindow: string };
  readonly bodyLimit: number;
}

/** Long searches: handed in, followed, ended. */
export function routeJobRoutes(
  app: ApiServer,
  { jobs, provider, idempotency, rateLimit, bodyLimit }: RouteJobOptions,
): void {
  app.post(
    "/v1/routes/jobs",
    {
      config: { rateLimit },
      bodyLimit,
      schema: {
        operationId: "startRouteJob",
        summary: "Search for better and better routes for a while",
        description:
          "202 and the job; follow it at its `location` or by its events. 429 ROUTE_QUEUE_FULL with `retry-after` while too many wait. " +
          "Jobs live in the memory of the process that took them and are forgotten an hour after they end.",
        tags,
        headers: IDEMPOTENCY_HEADERS,
        querystring: Type.Object(
          {
            timeLimitSec: withDefault(
              Type.Number({ minimum: 0.1, default: 30, description: `How long to search; at most ${MAX_SECONDS}.` }),
            ),
            seed: withDefault(
              Type.Integer({
                minimum: 0,
                maximum: 2 ** 32 - 1,
                default: 1,
                description: "Another seed, another search.",
              }),
            ),
            threads: withDefault(
              Type.Integer({
                minimum: 1,
                maximum: MAX_THREADS,
                default: 1,
                description:
                  "Threads that search together; a large problem comes to a better plan in the same time. Not more are used than there are cores.",
              }),
            ),
          },
          CLOSED,
        ),
        body: VroomProblemSchema,
        response: { 202: Type.Object({ ...STAMP_OR_NULL, job: RouteJobSchema }), ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      // As for all other limits of a problem the answer is 422.
      if (request.query.timeLimitSec > MAX_SECONDS) {
        const message = `must be at most ${MAX_SECONDS}`;
        const errors = [{ pointer: "/timeLimitSec", message }];
        throw fail("ROUTE_INPUT_INVALID", `/timeLimitSec ${message}.`, { errors });
      }
      const content = { problem: request.body, ...request.query };
      const keyed = { key: request.headers["idempotency-key"], operation: "startRouteJob", content };
      const { answer, isReplay } = await idempotency.once(keyed, async () =>
        jobs.submit(
          provider === undefined ? content : { ...content, problem: await fillMatrices(request.body, provider) },
        ),
      );
      if (isReplay) void reply.header("idempotent-replayed", "true");
      void reply.code(202).header("location", `/v1/routes/jobs/${answer.id}`);
      return { ...stampOf(request), job: toJob(answer) };
    },
  );

  app.get(
    "/v1/routes/jobs/:id",
    {
      schema: {
        operationId: "getRouteJob",
        summary: "A routing job with the best plan so far in figures, and its routes once it has ended",
        tags,
        params,
        response: { 200: SolvedAnswer, ...PROBLEM_RESPONSES },
      },
    },
    (request) => ({ ...stampOf(request), job: toJob(jobs.get(request.params.id)) }),
  );

  app.delete(
    "/v1/routes/jobs/:id",
    {
      schema: {
        operationId: "cancelRouteJob",
        summary: "End a routing job and keep the best plan so far",
        description: "Answers when the search has ended, within seconds. A job that had ended stays as it is.",
        tags,
        params,
        response: { 200: SolvedAnswer, ...PROBLEM_RESPONSES },
      },
    },
    async (request) => ({ ...stampOf(request), job: toJob(await jobs.cancel(request.params.id)) }),
  );

  const streams = createEventStream(app, jobs);
  app.get(
    "/v1/routes/jobs/:id/events",
    {
      schema: {
        operationId: "followRouteJob",
        summary: "Better plans as they are found, as server-sent events",
        description:
          "`improved` with cost and time for each better plan, those found before included; `state` when it changes; `finished` with the job " +
          "(without its solution), then the stream ends. After a break, `last-event-id` goes on where it was.",
        tags,
        params,
        headers: Type.Object({ "last-event-id": Type.Optional(Type.String({ maxLength: 20 })) }),
        response: {
          200: Type.Unsafe<NodeJS.ReadableStream>({
            description: "Server-sent events.",
            content: { "text/event-stream": { schema: { type: "string" } } },
          }),
          ...PROBLEM_RESPONSES,
        },
      },
    },
    (request, reply) => {
      const stream = streams.open(request.params.id, request.headers["last-event-id"]);
      // Nothing of a release goes into the stream, which may outlive several.
      request.lease?.end();
      void reply.type("text/event-stream").header("x-accel-buffering", "no").header("connection", "close");
      return stream;
    },
  );
}

function toJob(job: RouteJob) {
  return { ...job, progress: [...job.progress] };
}
