import { Type } from "@fastify/type-provider-typebox";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fail } from "../../core/errors.ts";
import type { ApiServer } from "../api-server.ts";
import { stampOf } from "../plugins/release-lease.ts";
import { IDEMPOTENCY_HEADERS } from "../schemas/idempotency-headers.ts";
import { PROBLEM_RESPONSES } from "../schemas/problem-schema.ts";
import { RunSchema } from "../schemas/run-schema.ts";
import { STAMP_OR_NULL } from "../schemas/stamp.ts";
import type { IdempotencyStore } from "../serving/idempotency-store.ts";
import { receiveUpload, tooLarge } from "../serving/receive-upload.ts";
import type { RunDesk } from "../serving/run-desk.ts";
import { acceptRun } from "./run-routes.ts";

/** Media type → ending of the spooled file, from which ingest knows the format; undefined: told from the content. */
const EXTENSIONS: Readonly<Record<string, string | undefined>> = {
  "text/csv": "csv",
  "application/x-ndjson": "ndjson",
  "application/vnd.apache.parquet": "parquet",
  "application/octet-stream": undefined,
};
const MEDIA_TYPES = Object.keys(EXTENSIONS);

const Name = Type.String({ pattern: "^[a-z0-9][a-z0-9_-]{0,63}$" });

export interface IngestOptions {
  readonly runs: RunDesk;
  readonly idempotency: IdempotencyStore;
  readonly rateLimit: { readonly max: number; readonly timeWindow: string };
  readonly datasets: readonly string[];
  readonly inbox: string;
  readonly limitBytes: number;
}

/**
 * Takes a file over HTTP: spools it into the inbox, then loads it in a process of its own by the contract of the dataset.
 * Should that process die, the nightly run finds the file in the inbox: what was accepted is not lost.
 */
export function ingestRoutes(app: ApiServer, options: IngestOptions): void {
  const { runs, idempotency, rateLimit, datasets, inbox, limitBytes } = options;
  // The body is a file, whatever is in it: it goes to disk as it comes.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(MEDIA_TYPES, (_request, body, done) => done(null, body));

  app.post(
    "/v1/ingest/:dataset",
    {
      config: { rateLimit },
      bodyLimit: limitBytes,
      schema: {
        operationId: "ingestFile",
        summary: "Load a file into a dataset",
        description: `Send the file as the body, gzip with Content-Encoding, at most ${limitBytes} bytes uncompressed. 202 and the run that loads it; its first step tells rows loaded, duplicate and quarantined. The same file twice changes nothing.`,
        tags: ["operations"],
        params: Type.Object({ dataset: Name }, { additionalProperties: false }),
        querystring: Type.Object(
          {
            source: Type.Optional({ ...Name, description: "Source mapping. Missing: generic." }),
            store: Type.Optional(Name),
          },
          { additionalProperties: false },
        ),
        headers: IDEMPOTENCY_HEADERS,
        body: { content: Object.fromEntries(MEDIA_TYPES.map((type) => [type, { schema: {} }])) },
        response: { 202: Type.Object({ ...STAMP_OR_NULL, run: RunSchema }), ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const { dataset } = request.params;
      const { source = "generic", store } = request.query;
      if (!datasets.includes(dataset)) {
        throw fail("INGEST_DATASET_UNKNOWN", `There is no dataset "${dataset}"; use one of ${datasets.join(", ")}.`);
      }
      if (Number(request.headers["content-length"] ?? 0) > limitBytes) {
        void reply.header("connection", "close");
        throw tooLarge(limitBytes);
      }
      const encoding = request.headers["content-encoding"] ?? "identity";
      if (encoding !== "gzip" && encoding !== "identity") {
        const detail = `content-encoding is "${encoding}"; send gzip or leave it out.`;
        throw fail("REQUEST_MEDIA_TYPE_UNSUPPORTED", detail);
      }
      const mediaType = request.headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
      // The parser above hands on the request stream itself.
      const upload = await receiveUpload(request.body as Readable, {
        folder: join(inbox, [dataset, source, ...(store === undefined ? [] : [store])].join("@")),
        limitBytes,
        isGzip: encoding === "gzip",
        extension: EXTENSIONS[mediaType],
      });
      let isTaken = false;
      try {
        const content = { dataset, source, store, sha256: upload.sha256 };
        const keyed = { key: request.headers["idempotency-key"], operation: "ingestFile", content };
        const { answer, isReplay } = await idempotency.once(keyed, () => {
          const run = runs.startIngest({
            dataset,
            source,
            ...(store === undefined ? {} : { store }),
            file: upload.file,
          });
          isTaken = true;
          return run;
        });
        return acceptRun(reply, answer, isReplay, stampOf(request));
      } finally {
        if (!isTaken) rmSync(upload.file, { force: true });
      }
    },
  );
}
