import { fork } from "node:child_process";
import { Agent, request } from "node:http";
import { fileURLToPath } from "node:url";
import { CUSTOMERS } from "./made-up-shop.ts";

export const KNOBS = "n=20&diversity=0.3&maxPerCategory=5";
const SOCKETS = 32;
const WARM_UP_SEC = 2;

export function quantile(values: ArrayLike<number>, q: number): number {
  const sorted = Float64Array.from(values).sort();
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN).toFixed(3));
}

/** The asking process: `rate` requests a second for `seconds`, from a fixed plan, over keep-alive sockets. */
async function ask(url: string, rate: number, seconds: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS });
  const latencies: number[] = [];
  let failed = 0;
  const send = (index: number, dueMs: number): Promise<void> =>
    new Promise((resolve) => {
      const path = `/v1/recommendations/customers/C${(index * 7919) % CUSTOMERS}?${KNOBS}`;
      const outgoing = request(new URL(path, url), { agent }, (response) => {
        response.on("data", () => {});
        response.on("end", () => {
          latencies.push(performance.now() - dueMs);
          if (response.statusCode !== 200) failed++;
          resolve();
        });
      });
      outgoing.on("error", () => {
        failed++;
        resolve();
      });
      outgoing.end();
    });
  const startMs = performance.now() + 100;
  const total = rate * seconds;
  const pending: Promise<void>[] = [];
  for (let sent = 0; sent < total;) {
    const now = performance.now();
    for (; sent < total && startMs + (sent * 1000) / rate <= now; sent++) {
      pending.push(send(sent, startMs + (sent * 1000) / rate));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(pending);
  agent.destroy();
  const tookSec = (performance.now() - startMs) / 1000;
  // The first half second warms up.
  const steady = latencies.slice(rate / 2);
  return {
    asked: total,
    answeredPerSec: Math.round(total / tookSec),
    failed,
    p50Ms: quantile(steady, 0.5),
    p90Ms: quantile(steady, 0.9),
    p99Ms: quantile(steady, 0.99),
    maxMs: quantile(steady, 1),
  };
}

/** A process of its own asks `url`; processor time of this process while it does, the warm-up left out. */
export async function measureLoad(url: string, rate: number, seconds: number) {
  const client = fork(fileURLToPath(import.meta.url), [url, String(rate), String(seconds)], {
    execArgv: process.execArgv,
  });
  let before = process.cpuUsage();
  const load = await new Promise<Awaited<ReturnType<typeof ask>>>((resolve, reject) => {
    client.on("message", (message) => {
      if (message === "warm") before = process.cpuUsage();
      // The child sends nothing else but what `ask` returns.
      else resolve(message as Awaited<ReturnType<typeof ask>>);
    });
    client.once("exit", (code) => reject(new Error(`The asking process ended with ${code}.`)));
  });
  const { user, system } = process.cpuUsage(before);
  return { ...load, serverCpuMicrosPerAnswer: Math.round((user + system) / load.asked) };
}

const [, , url, rate, seconds] = process.argv;
if (process.send !== undefined && url !== undefined) {
  await ask(url, Number(rate), WARM_UP_SEC);
  process.send("warm");
  process.send(await ask(url, Number(rate), Number(seconds)));
  process.disconnect();
}
