import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fail } from "../../core/errors.ts";
import type { IngestArguments } from "../../jobs/launch/launch-ingest-process.ts";
import type { NightlyArguments } from "../../jobs/launch/launch-nightly-process.ts";
import type { RunRecord } from "../../jobs/ledger/run-record.ts";
import type { RunDesk } from "../serving/run-desk.ts";
import { type ApiFixture, nightOf, openApiFixture } from "../testing/api-fixture.ts";

const RUNS = ["20120103T000000-aaaaaa", "20120102T000000-aaaaaa", "20120101T000000-aaaaaa"];

function recordOf(runId: string, kind: RunRecord["kind"] = "nightly"): RunRecord {
  const startedAt = "2012-01-01T00:00:00.000Z";
  const step = {
    step: "ingest",
    state: "succeeded",
    attempt: 1,
    startedAt,
    finishedAt: startedAt,
    durationMs: 5,
    rowsIn: 10,
    rowsOut: 9,
    figures: { duplicate: 1 },
    reason: null,
    fingerprint: "secret of the ledger",
  } as const;
  return {
    runId,
    kind,
    state: "running",
    asOf: null,
    scheduledFor: null,
    startedAt,
    finishedAt: null,
    releaseId: null,
    error: null,
    steps: [step],
  };
}

let isBusy = false;
const nights: NightlyArguments[] = [];
const loads: IngestArguments[] = [];
function startOrRefuse<T>(started: T[], request: T, kind: RunRecord["kind"]): RunRecord {
  if (isBusy) throw fail("RUN_IN_PROGRESS", "Run x holds the warehouse.");
  started.push(request);
  return recordOf(`20120104T00000${started.length}-aaaaaa`, kind);
}
const desk: RunDesk = {
  listIds: () => RUNS,
  find: (runId) => (RUNS.includes(runId) ? recordOf(runId) : undefined),
  get: (runId) => {
    if (!RUNS.includes(runId)) throw fail("JOB_NOT_FOUND", `There is no run "${runId}".`);
    return recordOf(runId);
  },
  findLastSuccess: () => ({ ...recordOf(RUNS[0] ?? ""), finishedAt: "2012-01-31T12:00:00.000Z" }),
  startNightly: (request) => startOrRefuse(nights, request, "nightly"),
  startIngest: (request) => startOrRefuse(loads, request, "ingest"),
};

let api: ApiFixture;
let inbox: string;
beforeAll(async () => {
  inbox = mkdtempSync(join(tmpdir(), "tradewind-inbox-"));
  api = await openApiFixture(1, { runs: desk, inbox });
});
afterAll(async () => {
  await api.close();
  rmSync(inbox, { recursive: true });
});
beforeEach(() => {
  isBusy = false;
  nights.length = 0;
  loads.length = 0;
});

describe("GET /v1/runs", () => {
  it("pages through the runs, newest first, by an opaque cursor", async () => {
    const first = (await api.app.inject("/v1/runs?limit=2")).json();
    expect(first.runs.map((run: RunRecord) => run.runId)).toEqual(RUNS.slice(0, 2));
    expect(first).toMatchObject({ release: nightOf(1), asOf: "2011-12-31" });
    const second = (await api.app.inject(`/v1/runs?limit=2&cursor=${first.nextCursor}`)).json();
    expect(second.runs.map((run: RunRecord) => run.runId)).toEqual(RUNS.slice(2));
    expect(second.nextCursor).toBeNull();
  });

  it("refuses a cursor it did not give out", async () => {
    const response = await api.app.inject("/v1/runs?cursor=abc");
    expect(response.statusCode).toBe(400);
    expect(response.json().errors[0].pointer).toBe("/cursor");
  });

  it("shows one run with its steps, without what is the ledger's own", async () => {
    const response = await api.app.inject(`/v1/runs/${RUNS[0]}`);
    expect(response.json().run.steps[0]).toMatchObject({ step: "ingest", figures: { duplicate: 1 } });
    expect(response.body).not.toContain("secret of the ledger");
  });

  it("is 404 for a run there is not", async () => {
    expect((await api.app.inject("/v1/runs/none")).json().code).toBe("JOB_NOT_FOUND");
  });
});

describe("POST /v1/runs", () => {
  const start = (payload: object, headers: Record<string, string> = {}) =>
    api.app.inject({ method: "POST", url: "/v1/runs", payload, headers });

  it("starts a night and says where to follow it", async () => {
    const response = await start({ asOf: "2011-12-09", only: ["marts"] });
    expect(response.statusCode).toBe(202);
    expect(response.headers.location).toBe(`/v1/runs/${response.json().run.runId}`);
    expect(nights).toEqual([{ asOf: "2011-12-09", only: ["marts"] }]);
  });

  it("is 409 with Retry-After while a run is going", async () => {
    isBusy = true;
    const response = await start({});
    expect(response.statusCode).toBe(409);
    expect(response.json().code).toBe("RUN_IN_PROGRESS");
    expect(response.headers["retry-after"]).toBeDefined();
  });

  it("starts once for one idempotency key, and refuses the key for another request", async () => {
    const headers = { "idempotency-key": "night-1" };
    const first = await start({}, headers);
    const again = await start({}, headers);
    expect(again.json()).toEqual(first.json());
    expect(again.headers["idempotent-replayed"]).toBe("true");
    expect(nights).toHaveLength(1);
    const other = await start({ asOf: "2011-12-08" }, headers);
    expect(other.statusCode).toBe(409);
    expect(other.json().code).toBe("IDEMPOTENCY_KEY_REUSED");
  });

  it.each([[{ asOf: "9 Dec 2011" }], [{ asOf: "2011-02-30" }], [{ only: ["../x"] }], [{ force: true }]])(
    "refuses %j",
    async (payload) => {
      expect((await start(payload)).statusCode).toBe(400);
      expect(nights).toEqual([]);
    },
  );
});

describe("POST /v1/ingest/:dataset", () => {
  const send = (url: string, payload: string | Buffer, headers: Record<string, string>) =>
    api.app.inject({ method: "POST", url, payload, headers });
  const csv = "order_id,quantity\n1,2\n";

  it("spools the file into the inbox of its dataset and loads it in a run", async () => {
    const url = "/v1/ingest/order-lines?source=shopify-orders&store=shop";
    const response = await send(url, csv, { "content-type": "text/csv" });
    expect(response.statusCode).toBe(202);
    expect(response.json().run).toMatchObject({ kind: "ingest", state: "running" });
    expect(loads[0]).toMatchObject({ dataset: "order-lines", source: "shopify-orders", store: "shop" });
    expect(loads[0]?.file).toMatch(/order-lines@shopify-orders@shop.upload-[0-9a-f-]{36}\.csv$/);
    expect(readFileSync(loads[0]?.file ?? "", "utf8")).toBe(csv);
  });

  it("unpacks gzip and takes the format from the media type", async () => {
    const headers = { "content-type": "application/x-ndjson", "content-encoding": "gzip" };
    await send("/v1/ingest/orders", gzipSync('{"order_id":"1"}\n'), headers);
    expect(loads[0]).toMatchObject({ dataset: "orders", source: "generic" });
    expect(loads[0]?.file).toMatch(/\.ndjson$/);
    expect(readFileSync(loads[0]?.file ?? "", "utf8")).toBe('{"order_id":"1"}\n');
  });

  it("loads once for one idempotency key and drops the second copy", async () => {
    const headers = { "content-type": "text/csv", "idempotency-key": "load-1" };
    const url = "/v1/ingest/orders?source=twice";
    const first = await send(url, csv, headers);
    const again = await send(url, csv, headers);
    expect(again.json()).toEqual(first.json());
    expect(loads).toHaveLength(1);
    expect(readdirSync(join(inbox, "orders@twice"))).toHaveLength(1);
    expect((await send(url, "other\n", headers)).json().code).toBe("IDEMPOTENCY_KEY_REUSED");
    expect(readdirSync(join(inbox, "orders@twice"))).toHaveLength(1);
  });

  it("leaves nothing in the inbox when a run is going", async () => {
    isBusy = true;
    const response = await send("/v1/ingest/orders?source=busy", csv, { "content-type": "text/csv" });
    expect(response.json().code).toBe("RUN_IN_PROGRESS");
    expect(readdirSync(join(inbox, "orders@busy"))).toEqual([]);
  });

  it.each([
    ["an unknown dataset", "/v1/ingest/nothing", csv, { "content-type": "text/csv" }, 404, "INGEST_DATASET_UNKNOWN"],
    ["a path as dataset", "/v1/ingest/..%2F..%2Fetc", csv, { "content-type": "text/csv" }, 400, "REQUEST_INVALID"],
    ["a path as source", "/v1/ingest/orders?source=..", csv, { "content-type": "text/csv" }, 400, "REQUEST_INVALID"],
    ["JSON", "/v1/ingest/orders", "{}", { "content-type": "application/json" }, 415, "REQUEST_MEDIA_TYPE_UNSUPPORTED"],
    ["no media type", "/v1/ingest/orders", csv, {}, 415, "REQUEST_MEDIA_TYPE_UNSUPPORTED"],
    ["an empty body", "/v1/ingest/orders", "", { "content-type": "text/csv" }, 400, "REQUEST_INVALID"],
    [
      "too much",
      "/v1/ingest/orders",
      "x".repeat(10_001),
      { "content-type": "text/csv" },
      413,
      "REQUEST_BODY_TOO_LARGE",
    ],
    [
      "what is not gzip",
      "/v1/ingest/orders",
      csv,
      { "content-type": "text/csv", "content-encoding": "gzip" },
      422,
      "INGEST_FILE_UNREADABLE",
    ],
    [
      "an encoding it cannot unpack",
      "/v1/ingest/orders",
      csv,
      { "content-type": "text/csv", "content-encoding": "br" },
      415,
      "REQUEST_MEDIA_TYPE_UNSUPPORTED",
    ],
  ])("refuses %s", async (_name, url, payload, headers, status, code) => {
    const response = await send(url, payload, headers);
    expect(response.json().code).toBe(code);
    expect(response.statusCode).toBe(status);
    expect(loads).toEqual([]);
    expect(existsSync(join(inbox, "nothing@generic"))).toBe(false);
  });
});

describe("GET /v1/releases", () => {
  it("lists what was published and which is served", async () => {
    const body = (await api.app.inject("/v1/releases")).json();
    expect(body.releases).toHaveLength(1);
    expect(body.releases[0]).toMatchObject({ releaseId: nightOf(1), isServed: true, asOf: "2011-12-31" });
    expect(body.releases[0].models[0]).toHaveProperty("gate.passed");
  });
});

describe("health", () => {
  it("is alive and ready with a release", async () => {
    expect((await api.app.inject("/livez")).json()).toEqual({ status: "alive" });
    expect((await api.app.inject("/readyz")).json()).toEqual({
      status: "ready",
      release: nightOf(1),
      asOf: "2011-12-31",
    });
  });

  it("shows Prometheus the requests by route, the age of the release and the last good night", async () => {
    await api.app.inject("/v1/runs/none");
    const response = await api.app.inject("/metrics");
    expect(response.headers["content-type"]).toContain("text/plain");
    expect(response.body).toContain(
      'http_server_request_duration_seconds_count{http_request_method="GET",http_route="/v1/runs/:id",http_response_status_code="404"}',
    );
    // Made 1 January 03:30, asked 1 February 12:00: 31 days and 8.5 hours.
    expect(response.body).toContain(`tradewind_release_age_seconds ${31 * 86_400 + 8.5 * 3600}`);
    const lastSuccess = Date.parse("2012-01-31T12:00:00Z") / 1000;
    expect(response.body).toContain(`tradewind_nightly_last_success_timestamp_seconds ${lastSuccess}`);
  });
});
