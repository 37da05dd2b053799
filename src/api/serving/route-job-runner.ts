import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import type { JobMessage, SolveJobTask, SolveReply } from "../../models/routing/solve-route-worker.ts";
import { createRoutePool } from "./create-route-pool.ts";

/** What is to be searched and for how long. */
export type RouteJobTask = Pick<SolveJobTask, "problem" | "seed" | "threads" | "timeLimitMs">;

/** A search that has been handed in. */
export interface RouteJobRun {
  readonly reply: Promise<SolveReply>;
  /** Ends the search at its next step; the reply is the best plan so far. */
  stop(): void;
  /** Gives it up at once, thread and all; the reply rejects. Also takes back what still waits for a thread. */
  abandon(): void;
}

export interface RouteJobRunner {
  start(task: RouteJobTask, onMessage: (message: JobMessage) => void): RouteJobRun;
  close(): Promise<void>;
}

/** Runs searches in worker threads. Whoever starts them bounds how many wait. */
export function createRouteJobRunner({ maxThreads }: { readonly maxThreads: number }): RouteJobRunner {
  const pool = createRoutePool({ minThreads: 0, maxThreads, maxQueue: Number.POSITIVE_INFINITY });
  return {
    start: (task, onMessage) => {
      const { port1, port2 } = new MessageChannel();
      const stopFlag = new Int32Array(new SharedArrayBuffer(4));
      const abandoning = new AbortController();
      // Only the worker posts to this port.
      port1.on("message", (message) => onMessage(message as JobMessage));
      port1.unref();
      return {
        reply: search(),
        stop: () => void Atomics.store(stopFlag, 0, 1),
        abandon: () => abandoning.abort(),
      };

      async function search(): Promise<SolveReply> {
        const job: SolveJobTask = { ...task, port: port2, stopFlag };
        try {
          const reply: unknown = await pool.run(job, {
            name: "solveJob",
            transferList: [port2],
            signal: abandoning.signal,
          });
          // The reply comes another way than the messages, and may overtake the last of them.
          for (let left = receiveMessageOnPort(port1); left !== undefined; left = receiveMessageOnPort(port1)) {
            onMessage(left.message as JobMessage);
          }
          // The worker answers with nothing else.
          return reply as SolveReply;
        } finally {
          port1.close();
        }
      }
    },
    close: () => pool.destroy(),
  };
}
