import { Piscina } from "piscina";

/** From sources the worker is TypeScript and needs tsx; compiled it is plain JavaScript. */
const isSource = import.meta.url.endsWith(".ts");
const WORKER = new URL(`../../models/routing/solve-route-worker.${isSource ? "ts" : "js"}`, import.meta.url);

/** Worker threads for routing problems; they start with the first problem and end when idle. */
export function createRoutePool({ maxThreads, maxQueue }: { readonly maxThreads: number; readonly maxQueue: number }) {
  return new Piscina({
    filename: WORKER.href,
    name: "solve",
    minThreads: 0,
    maxThreads,
    maxQueue,
    idleTimeout: 30_000,
    ...(isSource ? { execArgv: ["--import", "tsx"] } : {}),
  });
}
