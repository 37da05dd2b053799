/**
 * What a recommendation costs, with filters and diversity on:
 *   node --max-semi-space-size=32 --v8-pool-size=1 --heap-growing-percent=300 --import ./bench/as-shipped.mjs bench/api/recommend.ts [seconds of load] [requests a second]
 * Serves a made-up shop of 4,000 items, 4,000 customers, offers in 40 markets and 30,000 web sessions on loopback; a process of
 * its own asks at a fixed rate, and latency counts from the moment a request was due. Two seconds of the same load come before
 * what is measured. Logs are written as the server writes them, to nowhere. Beside it the same load on a bare `node:http` server whose
 * answers are as long: what the machine takes at this hour for the socket alone. Writes recommend.json beside this file.
 */
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { cpus, loadavg } from "node:os";
import { createLogger, openLogTarget } from "../../src/api/create-logger.ts";
import { openApiFixture } from "../../src/api/testing/api-fixture.ts";
import type { Recommender } from "../../src/models/recommendation/recommender.ts";
import { CUSTOMERS, ITEMS, MARKETS, openMadeUpShop, ORDERS, SESSIONS } from "./made-up-shop.ts";
import { KNOBS, measureLoad, quantile } from "./measure-load.ts";

/** Processor time and wall quantiles of `count` answers without HTTP. */
function measureCore(count: number, answer: (index: number) => unknown, warmUp = 2_000) {
  for (let at = 0; at < warmUp; at++) answer(at);
  const walls = new Float64Array(count);
  const before = process.cpuUsage();
  for (let at = 0; at < count; at++) {
    const startMs = performance.now();
    answer(at);
    walls[at] = performance.now() - startMs;
  }
  const { user, system } = process.cpuUsage(before);
  return {
    cpuMicros: Math.round((user + system) / count),
    p50Ms: quantile(walls, 0.5),
    p90Ms: quantile(walls, 0.9),
    p99Ms: quantile(walls, 0.99),
  };
}

function measureCores(recommender: Recommender, unlisted: Recommender) {
  // Spread last, as the routes do: what is added to a copy makes a new shape in the old generation, each time.
  const knobs = { n: 20, diversity: 0.3, maxPerCategory: 5 };
  return {
    // Without published lists: the history is scored.
    customerScored: measureCore(CUSTOMERS, (at) => unlisted.forCustomer({ customerId: `C${at}`, ...knobs }), 0),
    // Every customer for the first time, then again: a visit asks several times.
    customerFirst: measureCore(CUSTOMERS, (at) => recommender.forCustomer({ customerId: `C${at}`, ...knobs }), 0),
    customerAgain: measureCore(10_000, (at) => recommender.forCustomer({ customerId: `C${at % CUSTOMERS}`, ...knobs })),
    customerAgainPlain: measureCore(10_000, (at) =>
      recommender.forCustomer({ n: 20, customerId: `C${at % CUSTOMERS}` }),
    ),
    session: measureCore(5_000, (at) =>
      recommender.forSession({
        items: [`P${at % 900}`, `P${(at + 9) % 900}`, `P${(at + 5) % 900}`],
        market: "AA",
        ...knobs,
      }),
    ),
    basket: measureCore(5_000, (at) =>
      recommender.forBasket({ items: [`P${at % 900}`, `P${(at + 9) % 900}`], ...knobs }),
    ),
  };
}

/** The same load on a server that does nothing but send `body`. */
async function measureBareServer(body: string, rate: number, seconds: number) {
  const headers = { "content-type": "application/json; charset=utf-8", "content-length": Buffer.byteLength(body) };
  const server = createServer((_request, response) => response.writeHead(200, headers).end(body));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // Listening on a port, so there is one.
  const { port } = server.address() as AddressInfo;
  const load = await measureLoad(`http://127.0.0.1:${port}`, rate, seconds);
  server.close();
  server.closeAllConnections();
  return load;
}

async function main(): Promise<void> {
  const [seconds, rate] = [Number(process.argv[2] ?? 10), Number(process.argv[3] ?? 2000)];
  const { recommender, unlisted, release } = openMadeUpShop();
  const served = await openApiFixture(undefined, {
    releases: { lease: () => ({ release, end: () => {} }) },
    logger: createLogger("info", openLogTarget("/dev/null")),
  });
  const url = await served.app.listen({ port: 0, host: "127.0.0.1" });
  // The methods are compiled by lists that are not kept.
  for (let at = 0; at < 3_000; at++) {
    for (const each of [recommender, unlisted]) {
      each.forCustomer({ n: 20, diversity: 0.3, maxPerCategory: 5, coolDownDays: 9999, customerId: `C${at}` });
    }
  }
  const core = measureCores(recommender, unlisted);

  const { body } = await served.app.inject(`/v1/recommendations/customers/C7?${KNOBS}`);
  const bare = await measureBareServer(body, rate, seconds);
  const load = await measureLoad(url, rate, seconds);
  const results = {
    measuredAt: new Date().toISOString(),
    machine: { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length },
    loadAverage: loadavg().map((value) => Number(value.toFixed(2))),
    node: process.version,
    shop: { items: ITEMS, customers: CUSTOMERS, orders: ORDERS, sessions: SESSIONS, markets: MARKETS.length },
    query: KNOBS,
    core,
    http: { rate, seconds, bytes: Buffer.byteLength(body), ...load },
    bareServer: { p50Ms: bare.p50Ms, p99Ms: bare.p99Ms, serverCpuMicrosPerAnswer: bare.serverCpuMicrosPerAnswer },
  };
  await served.close();
  writeFileSync(new URL("recommend.json", import.meta.url), `${JSON.stringify(results, null, 2)}\n`);
  console.log(JSON.stringify(results, null, 2));
}

await main();
