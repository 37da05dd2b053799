import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ERROR_CATALOGUE } from "../core/error-catalogue.ts";
import { fail } from "../core/errors.ts";
import { packageRoot } from "../core/paths.ts";
import { renderErrorsMarkdown } from "./error-docs.ts";
import { type ApiFixture, openApiFixture } from "./testing/api-fixture.ts";
import { listOperations } from "./testing/openapi-operations.ts";
import { renderOpenApi } from "./testing/render-openapi.ts";

let api: ApiFixture;
let webFolder: string;
beforeAll(async () => {
  webFolder = mkdtempSync(join(tmpdir(), "tradewind-web-"));
  mkdirSync(join(webFolder, "assets"));
  writeFileSync(join(webFolder, "index.html"), "<!doctype html><title>Tradewind</title>");
  writeFileSync(join(webFolder, "assets", "main-4f2a.js"), "export {};");
  writeFileSync(join(webFolder, "icon.svg"), "<svg/>");
  let refusals = 0;
  const thrown = [
    new Error("SELECT secret FROM mart_order"),
    null,
    undefined,
    "a text",
    fail("WAREHOUSE_QUERY_FAILED", "Binder Error: SELECT secret", { meta: { context: "SELECT secret" } }),
  ];
  // A solver that fails in every way there is, one after the other.
  const solve = () => Promise.reject(thrown[refusals++ % thrown.length]);
  api = await openApiFixture(undefined, {
    solver: { solve, check: solve, propose: solve },
    webFolder,
    postsPerMinute: 5,
  });
});
afterAll(async () => {
  await api.close();
  rmSync(webFolder, { recursive: true });
});

describe("failures", () => {
  it.each([
    ["GET", "/nothing", 404, "ROUTE_NOT_FOUND"],
    ["GET", "/v1/runs/%zz", 400, "REQUEST_INVALID"],
    ["GET", `/v1/runs/${"x".repeat(201)}`, 414, "REQUEST_URI_TOO_LONG"],
    ["DELETE", "/v1/runs", 405, "REQUEST_METHOD_NOT_ALLOWED"],
    ["PUT", "/v1/runs/1", 405, "REQUEST_METHOD_NOT_ALLOWED"],
  ])("%s %s is a problem", async (method, url, status, code) => {
    const response = await api.app.inject({ method: method as "GET", url });
    expect(response.statusCode).toBe(status);
    expect(response.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
    const problem = response.json();
    expect(problem).toMatchObject({ code, status, type: `/docs/errors#${code}`, errors: [] });
    expect(problem.instance).toBe(`urn:request:${String(response.headers["x-request-id"])}`);
    expect(problem.detail.length).toBeGreaterThan(20);
  });

  it("names the methods a path takes", async () => {
    const response = await api.app.inject({ method: "DELETE", url: "/v1/runs" });
    expect(response.headers.allow).toBe("GET, HEAD, POST");
  });

  it.each([
    ["malformed JSON", "{", "application/json", 400],
    ["an empty body", "", "application/json", 400],
    ["another media type", "<xml/>", "application/xml", 415],
    ["a body over the limit", JSON.stringify({ items: ["x".repeat(1_100_000)] }), "application/json", 413],
    ["a prototype key", '{"items":["P1"],"__proto__":{"n":1}}', "application/json", 400],
  ])("%s is a problem", async (_name, payload, type, status) => {
    const url = "/v1/recommendations/basket";
    const response = await api.app.inject({ method: "POST", url, payload, headers: { "content-type": type } });
    expect(response.statusCode).toBe(status);
    expect(response.headers["content-type"]).toContain("application/problem+json");
  });

  it("shows nothing of what failed inside, whatever was thrown; then the limit of the caller is reached", async () => {
    const solve = () => api.app.inject({ method: "POST", url: "/v1/routes/solve", payload: { vehicles: [] } });
    for (let i = 0; i < 5; i++) {
      const response = await solve();
      expect(response.statusCode).toBe(500);
      expect(response.headers["content-type"]).toContain("application/problem+json");
      expect(response.body).not.toMatch(/secret|SELECT|a text/);
    }
    const limited = await solve();
    expect(limited.statusCode).toBe(429);
    expect(limited.json().code).toBe("REQUEST_RATE_LIMITED");
    expect(limited.headers).toMatchObject({ "ratelimit-limit": "5", "ratelimit-remaining": "0" });
    expect(Number(limited.headers["retry-after"])).toBeGreaterThan(0);
  });

  it("refuses a Host that is not this machine, as after DNS rebinding", async () => {
    const hostile = await api.app.inject({ url: "/livez", headers: { host: "attacker.example:8080" } });
    expect(hostile.statusCode).toBe(421);
    for (const host of ["localhost:8080", "127.0.0.1:8080", "[::1]:8080"]) {
      expect((await api.app.inject({ url: "/livez", headers: { host } })).statusCode).toBe(200);
    }
  });
});

describe("pages", () => {
  it.each(["/", "/dashboards", "/dashboards/sales-geography?market=DE"])(
    "%s is the page, always asked for",
    async (url) => {
      const response = await api.app.inject(url);
      expect(response.statusCode).toBe(200);
      expect(response.body).toContain("Tradewind");
      expect(response.headers["cache-control"]).toBe("no-cache");
      expect(response.headers["content-security-policy"]).toMatch(/^default-src 'self';.*frame-ancestors 'none'$/);
      expect(response.headers["content-security-policy"]).not.toContain("unsafe");
    },
  );

  it("keeps hashed files for good, others not", async () => {
    const hashed = await api.app.inject("/assets/main-4f2a.js");
    expect(hashed.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(hashed.headers["x-content-type-options"]).toBe("nosniff");
    expect((await api.app.inject("/icon.svg")).headers["cache-control"]).toBe("no-cache");
  });

  it.each(["/assets/none.js", "/..%2f..%2fpackage.json", "/assets/..%2f..%2f..%2fetc%2fpasswd"])(
    "%s is a 404 problem",
    async (url) => {
      const response = await api.app.inject(url);
      expect(response.statusCode).toBe(404);
      expect(response.headers["content-type"]).toContain("application/problem+json");
    },
  );

  it("says so where the pages have not been built", async () => {
    const bare = await openApiFixture(undefined);
    const response = await bare.app.inject("/");
    expect(response.statusCode).toBe(503);
    expect(response.json().code).toBe("PAGES_NOT_BUILT");
    await bare.close();
  });
});

describe("documents", () => {
  const committed = (name: string) => readFileSync(join(packageRoot(), "docs", "api", name), "utf8");

  it("docs/api/openapi.json is what the routes say (else: npm run openapi)", async () => {
    expect(await renderOpenApi()).toBe(committed("openapi.json"));
  });

  it("docs/api/errors.md lists every code (else: npm run openapi)", () => {
    expect(renderErrorsMarkdown()).toBe(committed("errors.md"));
  });

  it("the type of a problem leads to its explanation", async () => {
    const page = await api.app.inject("/docs/errors");
    for (const code of Object.keys(ERROR_CATALOGUE)) expect(page.body).toContain(`id="${code}"`);
  });

  it("every operation has an id of its own, a summary, a tag and answers for good and bad requests", async () => {
    const operations = listOperations((await api.app.inject("/openapi.json")).json()).map(({ operation }) => operation);
    for (const operation of operations) {
      expect(operation).toMatchObject({
        operationId: expect.stringMatching(/^[a-z][A-Za-z]+$/),
        summary: expect.any(String),
        tags: [expect.any(String)],
        responses: { "4XX": expect.anything(), "5XX": expect.anything() },
      });
      expect(Object.keys(operation.responses).some((status) => status.startsWith("2"))).toBe(true);
    }
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });

  it("Swagger UI has its own policy without inline script", async () => {
    const response = await api.app.inject("/docs");
    expect(response.headers["content-type"]).toContain("text/html");
    expect(response.headers["content-security-policy"]).toContain("style-src 'self' 'unsafe-inline'");
    expect(response.body).not.toMatch(/<script(?![^>]*src=)/);
  });
});
