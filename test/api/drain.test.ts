import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageRoot, varPaths } from "../../src/core/paths.ts";
import { publishNight } from "../../src/api/testing/api-fixture.ts";
import { createKeepAliveClient } from "./support/keep-alive-client.ts";

const CLIENTS = 100;

let root: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "tradewind-drain-"));
  await publishNight(varPaths(root), 1);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The real command line in a process of its own; resolves when it says where it answers. */
async function startServe(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", "src/cli/main.ts", "serve", "--port", "0"], {
    cwd: packageRoot(),
    env: { ...process.env, TRADEWIND_VAR_DIR: root, TRADEWIND_LOG_LEVEL: "error" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (url !== undefined) return { child, url };
  }
  throw new Error("serve ended before it said where it answers");
}

describe("SIGTERM", () => {
  it("answers every request it took from 100 keep-alive clients and is gone within 5 s", async () => {
    const { child, url } = await startServe();
    try {
      // A connection that never asks anything must not hold it back.
      const silent = connect(Number(new URL(url).port), "127.0.0.1");
      silent.on("error", () => {});
      await once(silent, "connect");

      let answers = 0;
      const failures: string[] = [];
      let warmUp = () => {};
      const warmedUp = new Promise<void>((resolve) => (warmUp = resolve));
      const work = async (): Promise<void> => {
        const client = createKeepAliveClient(url);
        try {
          for (let isLast = false; !isLast;) {
            const answer = await client.get("/v1/recommendations/popular?n=5");
            if (answer.status !== 200) failures.push(`${answer.status} ${answer.body}`);
            isLast = answer.isLast;
            if (++answers === CLIENTS * 3) warmUp();
          }
        } catch (error) {
          failures.push(String(error));
        } finally {
          client.close();
        }
      };
      const clients = Promise.all(Array.from({ length: CLIENTS }, work));
      await Promise.race([warmedUp, clients]);

      const exited = once(child, "exit");
      const stoppedAt = performance.now();
      child.kill("SIGTERM");
      await clients;
      const [code] = await exited;
      const durationMs = performance.now() - stoppedAt;
      silent.destroy();

      expect(failures).toEqual([]);
      expect(answers).toBeGreaterThanOrEqual(CLIENTS * 3);
      expect(durationMs).toBeLessThan(5000);
      expect(code).toBe(0);
    } finally {
      child.kill("SIGKILL");
    }
  });
});
