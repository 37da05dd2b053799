import { PassThrough, type Readable } from "node:stream";
import type { ApiServer } from "../api-server.ts";
import { hasEnded, type RouteJob, type RouteJobDesk } from "../serving/route-job-desk.ts";

/** A comment so often, so that proxies keep a silent stream open. */
const HEARTBEAT_MS = 15_000;
/** A reader that lets more than this pile up has gone away or cannot follow: its stream is cut. */
const BACKLOG_BYTES = 1_048_576;

export interface EventStreams {
  /** Throws `ROUTE_JOB_NOT_FOUND`. */
  open(jobId: string, lastEventId: string | undefined): Readable;
}

/** Streams of the events of jobs; those still open end when the server begins to close. */
export function createEventStream(app: ApiServer, jobs: Pick<RouteJobDesk, "get" | "follow">): EventStreams {
  const streams = new Set<PassThrough>();
  app.addHook("preClose", (done) => {
    for (const stream of streams) stream.end();
    done();
  });
  return {
    open: (jobId, lastEventId) => {
      const first = jobs.get(jobId);
      const stream = new PassThrough();
      const tell = createTeller(stream, lastEventId);
      const unfollow = jobs.follow(jobId, tell);
      const heartbeat = setInterval(() => stream.write(": still here\n\n"), HEARTBEAT_MS).unref();
      streams.add(stream);
      stream.once("close", () => {
        clearInterval(heartbeat);
        unfollow();
        streams.delete(stream);
      });
      tell(first);
      return stream;
    },
  };
}

/** Writes what is new in a job since it was last told. The id of an `improved` event is its place in the progress. */
function createTeller(stream: PassThrough, lastEventId: string | undefined): (job: RouteJob) => void {
  let told = /^\d{1,9}$/.test(lastEventId ?? "") ? Number(lastEventId) + 1 : 0;
  let state: RouteJob["state"] | undefined;
  return (job) => {
    if (stream.writableEnded || stream.destroyed) return;
    for (; told < job.progress.length; told++) {
      stream.write(`id: ${told}\nevent: improved\ndata: ${JSON.stringify(job.progress[told])}\n\n`);
    }
    if (job.state !== state && !hasEnded(job)) {
      stream.write(`event: state\ndata: ${JSON.stringify({ state: job.state })}\n\n`);
    }
    state = job.state;
    if (stream.writableLength > BACKLOG_BYTES) stream.destroy();
    if (!hasEnded(job)) return;
    const { solution: _solution, progress: _progress, ...ended } = job;
    stream.end(`event: finished\ndata: ${JSON.stringify(ended)}\n\n`);
  };
}
