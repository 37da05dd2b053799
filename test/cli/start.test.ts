import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CliEnd, type Installation, runCli, startCli } from "../support/cli-process.ts";
import { createSmallData } from "../support/small-data.ts";

let root: string;
let installation: Installation;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "tradewind-start-"));
  const { dataDir } = await createSmallData(root);
  installation = { varDir: join(root, "var"), dataDir };
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Starts, asks the server whether it is ready, ends it as a supervisor would. */
async function startAndStop(): Promise<{ readiness: unknown; page: string; end: CliEnd }> {
  const command = startCli(installation, ["start", "--port", "0"]);
  const [url = ""] = /http:\/\/\S+/.exec(await command.firstOutput) ?? [];
  const readiness: unknown = await (await fetch(`${url}/readyz`)).json();
  const page = await (await fetch(`${url}/docs`)).text();
  command.kill("SIGTERM");
  return { readiness, page, end: await command.ended };
}

test("a first start loads, fits, publishes and serves; a second one serves the same release at once", async () => {
  const first = await startAndStop();
  expect(first.end).toMatchObject({ code: 0 });
  expect(first.end.stderr).toContain("First start");
  for (const step of [
    "ingest",
    "conform",
    "marts",
    "fit:co-purchase",
    "fit:collaborative",
    "fit:session-knn",
    "fit:seasonal-forecast",
    "release",
  ]) {
    expect(first.end.stderr).toContain(`✔ ${step}`);
  }
  const { stdout: current } = await runCli(installation, ["releases", "current"]);
  expect(first.readiness).toMatchObject({ status: "ready", release: current.trim() });
  expect(first.page).toContain("<html");
  expect(first.end.stdout.trim().split("\n").at(-1)).toMatch(
    /^Tradewind is ready: http:\/\/127\.0\.0\.1:\d+ {2}\(dashboards\)/,
  );

  const second = await startAndStop();
  expect(second.readiness).toEqual(first.readiness);
  expect(second.end.stderr).not.toContain("First start");
});

test("a port that is taken is named together with the option that changes it", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  // A TCP server's address is an object.
  const { port } = other.address() as AddressInfo;
  const { code, stderr } = await runCli(installation, ["serve", "--port", String(port)]);
  other.close();
  expect(code).toBe(1);
  expect(stderr).toContain(`SERVER_ADDRESS_UNUSABLE: 127.0.0.1:${port} is taken by another program`);
  expect(stderr).toContain("--port or TRADEWIND_PORT");
});

test("data is JSON on stdout, faults are on stderr with a non-zero exit code", async () => {
  const runs = await runCli(installation, ["runs", "--json"]);
  expect(JSON.parse(runs.stdout)).toMatchObject([{ kind: "nightly", state: "succeeded" }]);
  const balance = await runCli(installation, [
    "ingest",
    "order_lines",
    join(installation.dataDir, "orders.csv"),
    "--source=online-retail",
    "--json",
  ]);
  expect(JSON.parse(balance.stdout)).toMatchObject([{ alreadyLoaded: true, rowsLoaded: 0 }]);

  const missing = await runCli(installation, ["ingest", "order-lines", join(root, "none.csv")]);
  expect(missing).toMatchObject({ code: 1, stdout: "" });
  expect(missing.stderr).toContain("INGEST_FILE_NOT_FOUND");
  const rollback = await runCli(installation, ["releases", "rollback"]);
  expect(rollback).toMatchObject({ code: 1, stdout: "" });
  expect(rollback.stderr).toContain("RELEASE_NOT_FOUND");
});
