import { fork } from "node:child_process";
import { connect, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { CUSTOMERS } from "./made-up-shop.ts";

export const KNOBS = "n=20&diversity=0.3&maxPerCategory=5";
const SOCKETS = 32;
const WARM_UP_SEC = 2;

export function quantile(values: ArrayLike<number>, q: number): number {
  const sorted = Float64Array.from(values).sort();
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN).toFixed(3));
}

interface Asked {
  readonly index: number;
  readonly dueMs: number;
}

/**
 * One keep-alive connection with one request under way. It writes and reads bytes and builds no message objects: the pauses of a client that
 * cleans up after itself would be counted as the server's.
 */
class Connection {
  private readonly socket: Socket;
  private readonly host: string;
  private readonly whenDone: (connection: Connection, asked: Asked, isFine: boolean) => void;
  private asked: Asked | undefined;
  /** Bytes of the answer that are still to come; −1 before its head. */
  private left = -1;
  private head = "";
  private isFine = false;

  constructor({ hostname, port, host }: URL, whenDone: Connection["whenDone"]) {
    this.host = host;
    this.whenDone = whenDone;
    this.socket = connect({ host: hostname, port: Number(port), noDelay: true });
    this.socket.on("data", (chunk) => this.read(chunk));
    this.socket.on("close", () => this.finish(false));
    // "close" follows.
    this.socket.on("error", () => {});
  }

  send(asked: Asked): void {
    this.asked = asked;
    const path = `/v1/recommendations/customers/C${(asked.index * 7919) % CUSTOMERS}?${KNOBS}`;
    this.socket.write(`GET ${path} HTTP/1.1\r\nHost: ${this.host}\r\n\r\n`);
  }

  end(): void {
    this.socket.destroy();
  }

  private read(chunk: Buffer): void {
    let body = chunk.length;
    if (this.left < 0) {
      this.head += chunk.toString("latin1");
      const end = this.head.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = /content-length: (\d+)/i.exec(this.head.slice(0, end));
      if (length === null) throw new Error("The answer does not say how long it is.");
      this.isFine = this.head.startsWith("HTTP/1.1 200");
      this.left = Number(length[1]);
      body = this.head.length - end - 4;
      this.head = "";
    }
    this.left -= body;
    if (this.left === 0) this.finish(this.isFine);
  }

  private finish(isFine: boolean): void {
    const { asked } = this;
    this.asked = undefined;
    this.left = -1;
    if (asked !== undefined) this.whenDone(this, asked, isFine);
  }
}

/** The asking process: `rate` requests a second for `seconds`, from a fixed plan, over keep-alive sockets. */
async function ask(url: string, rate: number, seconds: number) {
  const total = rate * seconds;
  const latencies = new Float64Array(total).fill(Number.NaN);
  let failed = 0;
  let done = 0;
  let whenAllDone = (): void => {};
  const allDone = new Promise<void>((resolve) => (whenAllDone = resolve));
  const waiting: Asked[] = [];
  const free: Connection[] = [];
  const connections = Array.from(
    { length: SOCKETS },
    () =>
      new Connection(new URL(url), (connection, { index, dueMs }, isFine) => {
        latencies[index] = performance.now() - dueMs;
        if (!isFine) failed++;
        if (++done === total) whenAllDone();
        const next = waiting.shift();
        if (next === undefined) free.push(connection);
        else connection.send(next);
      }),
  );
  free.push(...connections);
  const startMs = performance.now() + 100;
  for (let sent = 0; sent < total;) {
    const now = performance.now();
    for (; sent < total && startMs + (sent * 1000) / rate <= now; sent++) {
      const asked = { index: sent, dueMs: startMs + (sent * 1000) / rate };
      // In turn: a server closes connections that stay idle.
      const connection = free.shift();
      if (connection === undefined) waiting.push(asked);
      else connection.send(asked);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await allDone;
  for (const connection of connections) connection.end();
  const tookSec = (performance.now() - startMs) / 1000;
  // The first half second warms up.
  const steady = latencies.subarray(rate / 2);
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
