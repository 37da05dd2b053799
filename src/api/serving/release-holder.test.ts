import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { silentLogger } from "../../core/log.ts";
import { createReleaseHolder, type ReleaseSource } from "./release-holder.ts";

interface FakeRelease {
  readonly id: string;
}

function createFakeSource(published: { id: string | undefined }) {
  const disposed: string[] = [];
  let opened = 0;
  const source: ReleaseSource<FakeRelease> = {
    currentId: () => published.id,
    open: async (id) => {
      opened++;
      await Promise.resolve();
      if (id === "damaged") throw new Error("checksum");
      return { id };
    },
    dispose: async (release) => {
      disposed.push(release.id);
    },
  };
  return { source, disposed, countOpened: () => opened };
}

describe("createReleaseHolder", () => {
  it("has nothing to lease until something is published", async () => {
    const published: { id: string | undefined } = { id: undefined };
    const holder = createReleaseHolder(createFakeSource(published).source, silentLogger);
    expect(await holder.refresh()).toBe(false);
    expect(holder.lease()).toBeUndefined();
    published.id = "a";
    expect(await holder.refresh()).toBe(true);
    expect(holder.lease()?.release.id).toBe("a");
  });

  it("keeps the old release open until its last request ended, and leases the new one at once", async () => {
    const published = { id: "a" };
    const { source, disposed } = createFakeSource(published);
    const holder = createReleaseHolder(source, silentLogger);
    await holder.refresh();
    const first = holder.lease();
    const second = holder.lease();
    published.id = "b";
    await holder.refresh();
    expect(holder.lease()?.release.id).toBe("b");
    first?.end();
    first?.end(); // Ending twice counts once.
    expect(disposed).toEqual([]);
    second?.end();
    expect(disposed).toEqual(["a"]);
  });

  it("goes on serving when the new release cannot be opened", async () => {
    const published = { id: "a" };
    const holder = createReleaseHolder(createFakeSource(published).source, silentLogger);
    await holder.refresh();
    published.id = "damaged";
    expect(await holder.refresh()).toBe(false);
    expect(holder.lease()?.release.id).toBe("a");
  });

  it("opens once for refreshes at the same time", async () => {
    const { source, countOpened } = createFakeSource({ id: "a" });
    const holder = createReleaseHolder(source, silentLogger);
    await Promise.all([holder.refresh(), holder.refresh(), holder.refresh()]);
    expect(countOpened()).toBe(1);
  });

  it("never disposes a leased release, and disposes each one exactly once by the end", async () => {
    const action = fc.oneof(fc.constant("lease"), fc.constant("end"), fc.constantFrom("a", "b", "c", "damaged"));
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 40 }), async (actions) => {
        const published: { id: string | undefined } = { id: undefined };
        const { source, disposed } = createFakeSource(published);
        let serial = 0;
        const holder = createReleaseHolder(source, silentLogger);
        const leases: { release: FakeRelease; end(): void }[] = [];
        for (const step of actions) {
          if (step === "lease") {
            const lease = holder.lease();
            if (lease !== undefined) leases.push(lease);
          } else if (step === "end") leases.shift()?.end();
          else {
            published.id = step === "damaged" ? step : `${step}${serial++}`;
            await holder.refresh();
          }
          for (const lease of leases) expect(disposed).not.toContain(lease.release.id);
        }
        for (const lease of leases) lease.end();
        await holder.close();
        expect(new Set(disposed).size).toBe(disposed.length);
        expect(holder.lease()).toBeUndefined();
      }),
      { numRuns: process.env["TRADEWIND_TEST_PROFILE"] === "nightly" ? 5000 : 100 },
    );
  });
});
