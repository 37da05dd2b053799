import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fixedClock } from "../../core/clock.ts";
import { createIdempotencyStore } from "./idempotency-store.ts";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "tradewind-keys-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const request = { key: "k-1", operation: "POST /v1/runs", content: { asOf: "2011-12-09" } };
const noon = fixedClock("2026-01-01T12:00:00Z");

describe("createIdempotencyStore", () => {
  it("does the work once and repeats its answer, also from another process over the same folder", async () => {
    let count = 0;
    const work = () => ({ runId: `run-${++count}` });
    const first = await createIdempotencyStore(folder, noon).once(request, work);
    const second = await createIdempotencyStore(folder, noon).once(request, work);
    expect(first).toEqual({ answer: { runId: "run-1" }, isReplay: false });
    expect(second).toEqual({ answer: { runId: "run-1" }, isReplay: true });
  });

  it("refuses the key for another content, allows it for another operation", async () => {
    const store = createIdempotencyStore(folder, noon);
    await store.once(request, () => 1);
    await expect(store.once({ ...request, content: {} }, () => 2)).rejects.toMatchObject({
      code: "IDEMPOTENCY_KEY_REUSED",
    });
    expect(await store.once({ ...request, operation: "POST /v1/ingest" }, () => 3)).toMatchObject({ answer: 3 });
  });

  it("tells a second caller to wait while the first is being answered", async () => {
    const store = createIdempotencyStore(folder, noon);
    let finish: (value: number) => void = () => {};
    const first = store.once(request, () => new Promise<number>((resolve) => (finish = resolve)));
    await expect(store.once(request, () => 2)).rejects.toMatchObject({ code: "IDEMPOTENCY_KEY_IN_USE" });
    finish(1);
    expect(await first).toMatchObject({ answer: 1 });
  });

  it("frees the key when the work failed", async () => {
    const store = createIdempotencyStore(folder, noon);
    await expect(store.once(request, () => Promise.reject(new Error("busy")))).rejects.toThrow("busy");
    expect(await store.once(request, () => 1)).toEqual({ answer: 1, isReplay: false });
  });

  it("forgets an answer after a day and a claim of a dead process after a minute", async () => {
    await createIdempotencyStore(folder, noon).once(request, () => 1);
    const nextDay = createIdempotencyStore(folder, fixedClock("2026-01-02T12:00:01Z"));
    expect(await nextDay.once(request, () => 2)).toEqual({ answer: 2, isReplay: false });

    const never = new Promise<number>(() => {});
    void createIdempotencyStore(folder, noon).once({ ...request, key: "k-2" }, () => never);
    const later = createIdempotencyStore(folder, fixedClock("2026-01-01T12:01:01Z"));
    expect(await later.once({ ...request, key: "k-2" }, () => 3)).toEqual({ answer: 3, isReplay: false });
  });

  it("keeps neither the key nor the content in the clear", async () => {
    await createIdempotencyStore(folder, noon).once({ ...request, key: "canary-key" }, () => 1);
    const files = readdirSync(folder);
    const text = files.map((file) => file + readFileSync(join(folder, file), "utf8")).join();
    expect(text).not.toMatch(/canary-key|2011-12-09/);
  });
});
