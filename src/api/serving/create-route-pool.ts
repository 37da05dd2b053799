import { Piscina } from "piscina";

/** From sources the worker is TypeScript and needs tsx; compiled it is plain JavaScript. */
const isSource = import.meta.url.endsWith(".ts");
const WORKER = new URL(`../../models/routing/solve-route-worker.${isSource ? "ts" : "js"}`, import.meta.url);

interface RoutePoolOptions {
  /** So many start at once and stay; the others start when they are needed and end when idle. */
  readonly minThreads: number;
  readonly maxThreads: number;
  readonly maxQueue: number;
}

/** Worker threads for routing problems. */
export function createRoutePool({ minThreads, maxThreads, maxQueue }: RoutePoolOptions): Piscina {
  return new Piscina({
    filename: WORKER.href,
    name: "solve",
    minThreads,
    maxThreads,
    maxQueue,
    idleTimeout: 30_000,
    ...(isSource ? { execArgv: ["--import", "tsx"] } : {}),
  });
}
