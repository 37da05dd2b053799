import { Type } from "@fastify/type-provider-typebox";
import type { FastifyReply } from "fastify";
import type { RunRecord } from "../../jobs/ledger/run-record.ts";
import type { ApiServer } from "../api-server.ts";
import { stampOf } from "../plugins/release-lease.ts";
import { IDEMPOTENCY_HEADERS } from "../schemas/idempotency-headers.ts";
import { PAGING_QUERY, takePage } from "../schemas/paging.ts";
import { PROBLEM_RESPONSES } from "../schemas/problem-schema.ts";
import { RunSchema } from "../schemas/run-schema.ts";
import { nullableText, STAMP_OR_NULL } from "../schemas/stamp.ts";
import type { IdempotencyStore } from "../serving/idempotency-store.ts";
import type { RunDesk } from "../serving/run-desk.ts";

const CLOSED = { additionalProperties: false } as const;
const tags = ["operations"];
const RunAnswer = Type.Object({ ...STAMP_OR_NULL, run: RunSchema });
const StartRunBody = Type.Object(
  {
    asOf: Type.Optional(Type.String({ format: "date", description: "Last day of data to use. Missing: all of it." })),
    only: Type.Optional(
      Type.Array(Type.String({ pattern: "^[a-z0-9:-]{1,64}$" }), {
        maxItems: 20,
        description: "Steps to run. Missing: all.",
      }),
    ),
  },
  CLOSED,
);

export interface RunOptions {
  readonly runs: RunDesk;
  readonly idempotency: IdempotencyStore;
  readonly rateLimit: { readonly max: number; readonly timeWindow: string };
}

/** What the nightly graph and the loads have done, and starting a night by hand. */
export function runRoutes(app: ApiServer, { runs, idempotency, rateLimit }: RunOptions): void {
  app.get(
    "/v1/runs",
    {
      schema: {
        operationId: "listRuns",
        summary: "Runs, newest first",
        tags,
        querystring: Type.Object(PAGING_QUERY, CLOSED),
        response: {
          200: Type.Object({ ...STAMP_OR_NULL, runs: Type.Array(RunSchema), nextCursor: nullableText() }),
          ...PROBLEM_RESPONSES,
        },
      },
    },
    (request) => {
      const { entries, nextCursor } = takePage(runs.listIds(), request.query, (id) => runs.find(id));
      return { ...stampOf(request), runs: entries.map(toRun), nextCursor };
    },
  );

  app.get(
    "/v1/runs/:id",
    {
      schema: {
        operationId: "getRun",
        summary: "One run with its steps",
        tags,
        params: Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }) }, CLOSED),
        response: { 200: RunAnswer, ...PROBLEM_RESPONSES },
      },
    },
    (request) => ({ ...stampOf(request), run: toRun(runs.get(request.params.id)) }),
  );

  app.post(
    "/v1/runs",
    {
      config: { rateLimit },
      schema: {
        operationId: "startRun",
        summary: "Run the nightly graph now",
        description: "202 and the run, which goes on in a process of its own; 409 RUN_IN_PROGRESS while one is going.",
        tags,
        headers: IDEMPOTENCY_HEADERS,
        body: StartRunBody,
        response: { 202: RunAnswer, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const key = request.headers["idempotency-key"];
      const { answer, isReplay } = await idempotency.once({ key, operation: "startRun", content: request.body }, () =>
        runs.startNightly(request.body),
      );
      return acceptRun(reply, answer, isReplay, stampOf(request));
    },
  );
}

/** 202 with the run and where to follow it. */
export function acceptRun<Stamp>(reply: FastifyReply, run: RunRecord, isReplay: boolean, stamp: Stamp) {
  if (isReplay) void reply.header("idempotent-replayed", "true");
  void reply.code(202).header("location", `/v1/runs/${run.runId}`);
  return { ...stamp, run: toRun(run) };
}

/** Fingerprints of steps are the ledger's own business; the schema leaves them out. */
function toRun(run: RunRecord) {
  return { ...run, steps: [...run.steps] };
}
