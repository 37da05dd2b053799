/**
 * What a change of release costs those who are asking, and what a recommendation costs the processor:
 *   npx tsx bench/api/swap.ts [state folder with a published release]
 * Without a folder it serves a small made-up release. Loopback only; the clients share the process with the server, so
 * the latencies are upper bounds. Writes results.json beside this file.
 */
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { silentLogger } from "../../src/core/log.ts";
import { varPaths } from "../../src/core/paths.ts";
import { createReleaseHolder, type ReleaseSource } from "../../src/api/serving/release-holder.ts";
import { createReleaseSource } from "../../src/api/serving/release-source.ts";
import type { ServedRelease } from "../../src/api/serving/served-release.ts";
import { openApiFixture } from "../../src/api/testing/api-fixture.ts";
import { createKeepAliveClient } from "../../test/api/support/keep-alive-client.ts";

const CLIENTS = 8;
const PHASE_MS = 4_000;
const SWAPS = 20;
const INJECT_ROUNDS = 7;
const INJECTS = 1_500;

/** The same release under ever new names, so that each refresh opens it anew and lets go of the one before. */
function renamed(source: ReleaseSource<ServedRelease>): ReleaseSource<ServedRelease> {
  let serial = 0;
  const real = new WeakMap<ServedRelease, ServedRelease>();
  return {
    currentId: () => `bench-${++serial}`,
    open: async (id) => {
      const release = await source.open(id);
      const copy = { ...release, id };
      real.set(copy, release);
      return copy;
    },
    dispose: async (copy) => {
      const release = real.get(copy);
      if (release !== undefined) await source.dispose(release);
    },
  };
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN).toFixed(2));
}

const describeMs = (values: readonly number[]) => ({
  count: values.length,
  p50: quantile(values, 0.5),
  p99: quantile(values, 0.99),
  max: quantile(values, 1),
});

const fixture = await openApiFixture(1);
const paths = process.argv[2] === undefined ? fixture.paths : varPaths(process.argv[2]);
const releases = createReleaseHolder(renamed(createReleaseSource(paths, { threads: 1 })), silentLogger);
await releases.refresh();
const served = await openApiFixture(undefined, { releases });
const url = await served.app.listen({ port: 0, host: "127.0.0.1" });

/** Asks from all clients until `done`; returns the latency of every answer and how many were not 200. */
async function measure(path: string, done: Promise<void>) {
  const latencies: number[] = [];
  let failed = 0;
  const phase = { isOver: false };
  void done.then(() => (phase.isOver = true));
  const work = async (): Promise<void> => {
    const client = createKeepAliveClient(url);
    while (!phase.isOver) {
      const startMs = performance.now();
      const { status } = await client.get(path).catch(() => ({ status: 0 }));
      latencies.push(performance.now() - startMs);
      if (status !== 200) failed++;
    }
    client.close();
  };
  await Promise.all(Array.from({ length: CLIENTS }, work));
  return { ...describeMs(latencies), failed };
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const swapMs: number[] = [];

/** Swaps evenly spread over one phase. */
async function swapAll(): Promise<void> {
  for (let i = 0; i < SWAPS; i++) {
    const startMs = performance.now();
    await releases.refresh();
    swapMs.push(performance.now() - startMs);
    await wait(PHASE_MS / SWAPS);
  }
}

/** Processor time of one answer inside the process, the least of several rounds. */
async function measureCpuMicros(path: string): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < INJECT_ROUNDS; round++) {
    const before = process.cpuUsage();
    for (let i = 0; i < INJECTS; i++) await served.app.inject(path);
    const { user, system } = process.cpuUsage(before);
    rounds.push((user + system) / INJECTS);
  }
  return Math.round(Math.min(...rounds));
}

/** Wall and processor time of a change-over while nobody asks, the least of several: what the work itself takes. */
async function measureQuietSwap(): Promise<{ wallMs: number; cpuMs: number }> {
  const walls: number[] = [];
  const cpu: number[] = [];
  for (let i = 0; i < SWAPS; i++) {
    const startMs = performance.now();
    const before = process.cpuUsage();
    await releases.refresh();
    const { user, system } = process.cpuUsage(before);
    walls.push(performance.now() - startMs);
    cpu.push((user + system) / 1000);
  }
  return { wallMs: quantile(walls, 0), cpuMs: quantile(cpu, 0) };
}

const popular = "/v1/recommendations/popular?n=20";
await measure(popular, wait(1_000));
const steady = await measure(popular, wait(PHASE_MS));
const swapping = await measure(popular, swapAll());
const results = {
  measuredAt: new Date().toISOString(),
  machine: { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length },
  load: loadavg().map((value) => Number(value.toFixed(2))),
  node: process.version,
  release: process.argv[2] === undefined ? "made up, 4 items" : "state folder",
  clients: CLIENTS,
  swapMs: describeMs(swapMs),
  quietSwap: await measureQuietSwap(),
  requestMs: { steady, swapping },
  cpuMicrosPerAnswer: { livez: await measureCpuMicros("/livez"), popularTwenty: await measureCpuMicros(popular) },
};
await served.close();
await releases.close();
await fixture.close();

writeFileSync(new URL("results.json", import.meta.url), `${JSON.stringify(results, null, 2)}\n`);
console.log(JSON.stringify(results, null, 2));
