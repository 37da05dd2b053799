import { Ajv, type ValidateFunction } from "ajv";
import * as fc from "fast-check";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fail } from "../../src/core/errors.ts";
import { createRouteSolver, type RouteSolver } from "../../src/api/serving/route-solver.ts";
import type { RunDesk } from "../../src/api/serving/run-desk.ts";
import { type ApiFixture, openApiFixture } from "../../src/api/testing/api-fixture.ts";
import type { RunRecord } from "../../src/jobs/ledger/run-record.ts";
import { listOperations, type NamedOperation, type Parameter } from "../../src/api/testing/openapi-operations.ts";
import { arbitraryOf } from "./support/schema-arbitrary.ts";

/** Always the same requests in CI, new ones every night. */
const PROFILE = process.env["TRADEWIND_TEST_PROFILE"] === "nightly" ? { numRuns: 1500 } : { numRuns: 60, seed: 1 };

const run: RunRecord = {
  runId: "20120101T000000-aaaaaa",
  kind: "nightly",
  state: "failed",
  asOf: "2011-12-31",
  scheduledFor: null,
  startedAt: "2012-01-01T00:00:00.000Z",
  finishedAt: "2012-01-01T00:01:00.000Z",
  releaseId: null,
  error: { code: "STORAGE_FULL", detail: "The disk is full." },
  steps: [],
};

/** Starts nothing, so that a fuzzed request cannot launch a process. */
const desk: RunDesk = {
  listIds: () => [run.runId],
  find: () => run,
  get: (runId) => {
    if (runId !== run.runId) throw fail("JOB_NOT_FOUND", "There is no such run.");
    return run;
  },
  findLastSuccess: () => undefined,
  startNightly: () => run,
  startIngest: () => run,
};

const folder = mkdtempSync(join(tmpdir(), "tradewind-fuzz-"));
const ajv = new Ajv({ strict: false });
let api: ApiFixture;
let solver: RouteSolver;
let operations: NamedOperation[];
const validators = new Map<string, ValidateFunction>();

beforeAll(async () => {
  solver = createRouteSolver({ maxThreads: 1, maxQueue: 4, timeLimitMs: 20_000 });
  api = await openApiFixture(2, { runs: desk, solver, inbox: folder, postsPerMinute: 1_000_000 });
  const document: object = (await api.app.inject("/openapi.json")).json();
  ajv.addSchema(document, "openapi");
  operations = listOperations(document);
});
afterAll(async () => {
  await api.close();
  await solver.close();
  rmSync(folder, { recursive: true });
});

type Response = Awaited<ReturnType<ApiFixture["app"]["inject"]>>;

/** A request for an operation, as bytes would come in. */
function requestFor({ method, path, operation }: NamedOperation) {
  const parameters = operation.parameters ?? [];
  const valuesOf = (chosen: readonly Parameter[]) =>
    fc.record(Object.fromEntries(chosen.map((p) => [p.name, arbitraryOf(p.schema, p.name)])), {
      requiredKeys: chosen.filter((p) => p.required === true).map((p) => p.name),
    });
  const valuesIn = (place: Parameter["in"]) => {
    const here = parameters.filter((p) => p.in === place);
    // Of twenty values one is almost always wrong: some requests carry no more than they must.
    const needed = here.filter((p) => p.required === true);
    return fc.oneof({ weight: 2, arbitrary: valuesOf(here) }, { weight: 1, arbitrary: valuesOf(needed) });
  };
  const mediaTypes = Object.keys(operation.requestBody?.content ?? {});
  const content = operation.requestBody?.content["application/json"];
  const json = content?.example === undefined ? content?.schema : { ...content.schema, examples: [content.example] };
  const body =
    json === undefined
      ? fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes))
      : arbitraryOf(json, "body").map(toJson);
  return fc
    .record({
      path: valuesIn("path"),
      query: valuesIn("query"),
      key: fc.option(fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 20 }), { freq: 4, nil: undefined }),
      accept: fc.constantFrom("application/json", "*/*", "text/csv", "application/vnd.apache.arrow.stream"),
      type: mediaTypes.length === 0 ? fc.constant(undefined) : fc.constantFrom(...mediaTypes),
      body,
    })
    .map(({ path: ids, query, key, accept, type, body: payload }) => ({
      method: method as "GET",
      url: fillPath(path, ids) + toSearch(query),
      headers: {
        accept,
        ...(type === undefined ? {} : { "content-type": type }),
        ...(key === undefined ? {} : { "idempotency-key": key }),
      },
      ...(type === undefined ? {} : { payload }),
    }));
}

function fillPath(path: string, values: Readonly<Record<string, unknown>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(toText(values[name])));
}

function toSearch(query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(toText(value))}`);
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

/** Without halves of surrogate pairs, which no address can carry. */
function toText(value: unknown): string {
  return Buffer.from(typeof value === "string" ? value : toJson(value)).toString();
}

function toJson(value: unknown): string {
  return JSON.stringify(value) ?? "";
}

/** The schema the document gives for that answer; undefined where the document does not foresee the answer. */
function validatorFor({ method, path, operation }: NamedOperation, status: number, mediaType: string) {
  const key = String(status) in operation.responses ? String(status) : `${String(status)[0]}XX`;
  if (operation.responses[key]?.content?.[mediaType] === undefined) return undefined;
  const parts = ["paths", path, method.toLowerCase(), "responses", key, "content", mediaType, "schema"];
  const pointer = `openapi#/${parts.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/")}`;
  const validate = validators.get(pointer) ?? ajv.compile({ $ref: pointer });
  validators.set(pointer, validate);
  return validate;
}

/** Throws where the answer is a 5xx or not what the document says. */
function requireForeseen(named: NamedOperation, response: Response): void {
  const { statusCode, body } = response;
  const mediaType = String(response.headers["content-type"]).split(";", 1)[0] ?? "";
  if (statusCode >= 500) throw new Error(`${statusCode}: ${body}`);
  const validate = validatorFor(named, statusCode, mediaType);
  if (validate === undefined) throw new Error(`${statusCode} ${mediaType} is not in the document`);
  if (mediaType.endsWith("json") && !validate(response.json())) throw new Error(JSON.stringify(validate.errors));
}

describe("any input to any route", () => {
  it(
    "gets an answer that the OpenAPI document foresees, and never a 5xx",
    { timeout: PROFILE.numRuns * 2_000 },
    async () => {
      // The fuzz is worth something only where it gets through: every operation must answer well at least once.
      const neverAnsweredWell: string[] = [];
      for (const named of operations) {
        const statuses = new Set<number>();
        await fc.assert(
          fc.asyncProperty(requestFor(named), async (request) => {
            const response = await api.app.inject(request);
            statuses.add(response.statusCode);
            requireForeseen(named, response);
          }),
          PROFILE,
        );
        if (Math.min(...statuses) >= 300)
          neverAnsweredWell.push(`${named.operation.operationId}: ${[...statuses].join()}`);
      }
      expect(neverAnsweredWell).toEqual([]);
    },
  );
});
