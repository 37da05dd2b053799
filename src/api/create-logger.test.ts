import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { createLogger, openLogTarget } from "./create-logger.ts";
import { openApiFixture } from "./testing/api-fixture.ts";

function collectLines() {
  const lines: string[] = [];
  return { lines, logger: createLogger("info", { write: (line: string) => void lines.push(line) }) };
}

describe("the log", () => {
  it("reaches its file soon, though many lines are written at once", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tradewind-log-"));
    const file = join(folder, "log");
    const logger = createLogger("info", openLogTarget(file));
    for (let line = 0; line < 100; line++) logger.info({ line }, "test.event");
    await vi.waitFor(() => {
      const lines = readFileSync(file, "utf8").trim().split("\n");
      expect(lines.map((text) => (JSON.parse(text) as { line: number }).line)).toEqual([...Array(100).keys()]);
    }, 5_000);
    rmSync(folder, { recursive: true });
  });

  it("hides keys and personal data, at the top and one level down", () => {
    const { lines, logger } = collectLines();
    const secrets = { authorization: "canary", cookie: "canary", email: "canary", phone: "canary" };
    logger.info({ ...secrets, customer: secrets, req: { headers: secrets } }, "test.event");
    expect(lines.join("")).not.toContain("canary");
    expect(lines.join("")).toContain("[redacted]");
  });

  it("has one line a request with route, status, time and release, and nothing of what was asked", async () => {
    const { lines, logger } = collectLines();
    const api = await openApiFixture(1, { logger });
    await api.app.inject({
      url: "/v1/recommendations/customers/canary-id?market=GB",
      headers: { authorization: "Bearer canary", cookie: "canary", "user-agent": "canary" },
    });
    await api.app.inject({ method: "POST", url: "/v1/recommendations/basket", payload: { items: ["canary"] } });
    await api.close();
    expect(lines).toHaveLength(2);
    expect(lines.join("")).not.toContain("canary");
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      msg: "request.finished",
      method: "GET",
      route: "/v1/recommendations/customers/:id",
      status: 200,
      durationMs: expect.any(Number),
      reqId: expect.any(String),
      release: "20120101T033000-abcdef",
    });
  });
});
