import { monitorEventLoopDelay } from "node:perf_hooks";
import { Gauge, Histogram, type Registry } from "prom-client";
import type { RunRecord } from "../../jobs/ledger/run-record.ts";
import type { Clock } from "../../core/clock.ts";
import type { ApiServer } from "../api-server.ts";
import type { ServedRelease } from "../serving/served-release.ts";

const LABELS = ["http_request_method", "http_route", "http_response_status_code"] as const;

export interface PrometheusOptions {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly currentRelease: () => ServedRelease | undefined;
  readonly findLastSuccess: () => RunRecord | undefined;
}

/**
 * Measures every request (OpenTelemetry's names and buckets; the route template keeps the labels bounded) and reads
 * the age of the release, the last good night and the lag of the event loop whenever `/metrics` is asked for.
 */
export function installPrometheus(app: ApiServer, options: PrometheusOptions): void {
  const { registry, clock, currentRelease, findLastSuccess } = options;
  const registers = [registry];
  const requests = new Histogram({
    name: "http_server_request_duration_seconds",
    help: "Duration of HTTP requests.",
    labelNames: LABELS,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    registers,
  });
  // As many as there are routes and statuses; looking labels up again for every answer costs more than to count it.
  const series = new Map<string, Histogram.Internal<(typeof LABELS)[number]>>();
  app.addHook("onResponse", (request, reply, done) => {
    const route = request.routeOptions.url ?? "unmatched";
    const key = `${request.method} ${reply.statusCode} ${route}`;
    let own = series.get(key);
    if (own === undefined) {
      own = requests.labels(request.method, route, String(reply.statusCode));
      series.set(key, own);
    }
    own.observe(reply.elapsedTime / 1000);
    done();
  });

  const eventLoop = monitorEventLoopDelay({ resolution: 20 });
  eventLoop.enable();
  app.addHook("onClose", (_app, done) => {
    eventLoop.disable();
    done();
  });

  const secondsSince = (instant: string): number => (clock.now().getTime() - Date.parse(instant)) / 1000;
  const gauge = (name: string, help: string, read: () => number | undefined): void => {
    const metric: Gauge = new Gauge({
      name,
      help,
      registers,
      collect: () => {
        const value = read();
        if (value === undefined) metric.reset();
        else metric.set(value);
      },
    });
  };
  gauge("tradewind_release_age_seconds", "Time since the served release was made.", () => {
    const release = currentRelease();
    return release === undefined ? undefined : secondsSince(release.createdAt);
  });
  gauge("tradewind_release_data_age_seconds", "Time since the end of the last day of its data.", () => {
    const release = currentRelease();
    return release === undefined ? undefined : secondsSince(`${release.asOf}T24:00:00Z`);
  });
  gauge("tradewind_nightly_last_success_timestamp_seconds", "When the last good nightly run ended.", () => {
    const finishedAt = findLastSuccess()?.finishedAt ?? undefined;
    return finishedAt === undefined ? undefined : Date.parse(finishedAt) / 1000;
  });
  gauge(
    "tradewind_event_loop_lag_p99_seconds",
    "99th percentile of the event loop's lag since the last reading.",
    () => {
      const lagNs = eventLoop.percentile(99);
      eventLoop.reset();
      return Number.isFinite(lagNs) ? lagNs / 1e9 : 0;
    },
  );
}
