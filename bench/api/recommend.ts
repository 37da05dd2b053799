/**
 * What a recommendation costs, with filters and diversity on:
 *   node --import ./bench/as-shipped.mjs bench/api/recommend.ts [seconds of load] [requests a second]
 * Serves a made-up shop of 4,000 items, 4,000 customers, offers in 40 markets and 30,000 web sessions on loopback; a process of
 * its own asks at a fixed rate, and latency counts from the moment a request was due. Two seconds of the same load come before
 * what is measured. Logs are written as the server writes them, to nowhere. Beside it the same load on a bare `node:http` server whose
 * answers are as long: what the machine takes at this hour for the socket alone. Writes recommend.json beside this file.
 */
import { fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { systemClock } from "../../src/core/clock.ts";
import { fromDayNumber } from "../../src/core/dates.ts";
import { createRng } from "../../src/core/rng.ts";
import { createLogger, openLogTarget } from "../../src/api/create-logger.ts";
import type { ServedRelease } from "../../src/api/serving/served-release.ts";
import { openApiFixture } from "../../src/api/testing/api-fixture.ts";
import { createNeighbourScorer } from "../../src/algorithms/recommendation/score-by-neighbours.ts";
import { encodeCollaborative } from "../../src/models/collaborative/artefacts.ts";
import { type CollaborativeLists, readCollaborativeLists } from "../../src/models/collaborative/collaborative-lists.ts";
import type { BasketData } from "../../src/models/recommendation/basket-data.ts";
import { type FittedRecommender, fitRecommender } from "../../src/models/recommendation/fit-recommender.ts";
import { DEFAULT_PARAMS } from "../../src/models/recommendation/params.ts";
import type { Recommender } from "../../src/models/recommendation/recommender.ts";
import {
  createRecommender,
  type RecommenderParts,
} from "../../src/models/recommendation/serving/create-recommender.ts";
import {
  EMPTY_CATALOGUE,
  NO_FROM,
  NO_UNTIL,
  type ReleaseCatalogue,
} from "../../src/models/recommendation/serving/release-catalogue.ts";

const [ITEMS, CUSTOMERS, ORDERS, SESSIONS, TODAY] = [4_000, 4_000, 25_000, 30_000, 15_400];
const MARKETS = Array.from({ length: 40 }, (_, at) => `${String.fromCharCode(65 + (at % 26))}${at < 26 ? "A" : "B"}`);
const SOCKETS = 32;
const LISTED = 100;
const WARM_UP_SEC = 2;
const KNOBS = "n=20&diversity=0.3&maxPerCategory=5";
const rng = createRng(11);
/** Popular items are met more often: the square of a uniform number. */
const anyItem = (): number => Math.floor(rng.next() ** 2 * ITEMS);

function quantile(values: ArrayLike<number>, q: number): number {
  const sorted = Float64Array.from(values).sort();
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN).toFixed(3));
}

function makeBaskets(): BasketData {
  const numbers = { basket: [], item: [], customer: [], segment: [], day: [] } as Record<string, number[]>;
  for (let order = 0; order < ORDERS; order++) {
    const customer = rng.nextInt(CUSTOMERS);
    const taste = anyItem();
    const basket = new Set(
      Array.from({ length: 16 }, () => (rng.next() < 0.6 ? (taste + rng.nextInt(40)) % ITEMS : anyItem())),
    );
    for (const item of basket) {
      const line = { basket: order, item, customer, segment: customer % MARKETS.length };
      for (const [name, value] of Object.entries({ ...line, day: TODAY - 180 + Math.floor((order * 180) / ORDERS) })) {
        numbers[name]?.push(value);
      }
    }
  }
  const column = (name: string): Int32Array => Int32Array.from(numbers[name] ?? []);
  const ids = (count: number, letter: string): string[] => Array.from({ length: count }, (_, at) => `${letter}${at}`);
  return {
    items: { store: ids(ITEMS, "").map(() => "shop"), id: ids(ITEMS, "P"), title: ids(ITEMS, "Product ") },
    customers: {
      store: ids(CUSTOMERS, "").map(() => "shop"),
      id: ids(CUSTOMERS, "C"),
      market: ids(CUSTOMERS, "").map((_, at) => MARKETS[at % MARKETS.length]),
    },
    segments: { store: MARKETS.map(() => "shop"), market: MARKETS },
    lines: {
      basket: column("basket"),
      item: column("item"),
      customer: column("customer"),
      segment: column("segment"),
      day: column("day"),
    },
  };
}

/** Every tenth offer of a market may not be shipped, every twentieth item is out of stock. */
function makeCatalogue({ items }: BasketData): ReleaseCatalogue {
  const rows = MARKETS.flatMap((market) => items.id.map((id, item) => ({ market, id, item })));
  const flag = (isNo: () => boolean) => Int32Array.from(rows, () => (isNo() ? 0 : 1));
  const clicks = Array.from({ length: SESSIONS }, (_, session) => {
    const start = anyItem();
    return Array.from({ length: 2 + rng.nextInt(8) }, () => ({ session, item: (start + rng.nextInt(30)) % ITEMS }));
  }).flat();
  return {
    ...EMPTY_CATALOGUE,
    products: {
      store: items.store,
      id: items.id,
      category: items.id.map((_, item) => `Category ${item % 60}`),
      priceMinor: Float64Array.from(items.id, () => 100 + rng.nextInt(5000)),
      currency: items.id.map(() => "GBP"),
      costMinor: Float64Array.from(items.id, () => 50 + rng.nextInt(50)),
    },
    offers: {
      store: rows.map(() => "shop"),
      id: rows.map(({ id }) => id),
      market: rows.map(({ market }) => market),
      sellable: flag(() => false),
      shippable: flag(() => rng.nextInt(10) === 0),
      hidden: Int32Array.from(rows, () => 0),
      fromDay: Int32Array.from(rows, () => NO_FROM),
      untilDay: Int32Array.from(rows, () => NO_UNTIL),
      priceMinor: Float64Array.from(rows, () => -1),
      currency: rows.map(() => ""),
      stockUnits: Float64Array.from(rows, ({ item }) => (item % 20 === 7 ? 0 : 5)),
    },
    views: {
      store: clicks.map(() => "shop"),
      visitor: clicks.map(({ session }) => `V${session}`),
      session: clicks.map(({ session }) => `S${session}`),
      id: clicks.map(({ item }) => `P${item}`),
    },
    markets: new Set(MARKETS),
  };
}

/** The best 100 of every customer, as the nightly run publishes them. */
function publishLists(data: BasketData, { neighbours, histories }: FittedRecommender): CollaborativeLists {
  const score = createNeighbourScorer(neighbours);
  const places = CUSTOMERS * LISTED;
  const items = new Int32Array(places).fill(-1);
  const [scores, because, support] = [new Float32Array(places), new Int32Array(places), new Int32Array(places)];
  for (let customer = 0; customer < CUSTOMERS; customer++) {
    const [from, to] = [histories.rowPtr[customer], histories.rowPtr[customer + 1]];
    const given = histories.item.subarray(from, to);
    const best = score({ given, weights: histories.weight.subarray(from, to), n: LISTED });
    items.set(best.items, customer * LISTED);
    scores.set(best.scores, customer * LISTED);
    because.set(best.because, customer * LISTED);
    support.set(best.becauseSupport, customer * LISTED);
  }
  const store = { store: "shop", items: data.items.id, customers: data.customers.id };
  const fitted = { lists: { keep: LISTED, items, scores }, because, support, neighbours };
  const files = new Map(encodeCollaborative([{ data: store, fitted }]).map(({ name, bytes }) => [name, bytes]));
  return readCollaborativeLists((name) => files.get(name) ?? new Uint8Array(0), data);
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
  const knobs = { n: 20, diversity: 0.3, maxPerCategory: 5 };
  return {
    // Without published lists: the history is scored.
    customerScored: measureCore(CUSTOMERS, (at) => unlisted.forCustomer({ ...knobs, customerId: `C${at}` }), 0),
    // Every customer for the first time, then again: a visit asks several times.
    customerFirst: measureCore(CUSTOMERS, (at) => recommender.forCustomer({ ...knobs, customerId: `C${at}` }), 0),
    customerAgain: measureCore(10_000, (at) => recommender.forCustomer({ ...knobs, customerId: `C${at % CUSTOMERS}` })),
    customerAgainPlain: measureCore(10_000, (at) =>
      recommender.forCustomer({ n: 20, customerId: `C${at % CUSTOMERS}` }),
    ),
    session: measureCore(5_000, (at) =>
      recommender.forSession({
        ...knobs,
        items: [`P${at % 900}`, `P${(at + 9) % 900}`, `P${(at + 5) % 900}`],
        market: "AA",
      }),
    ),
    basket: measureCore(5_000, (at) =>
      recommender.forBasket({ ...knobs, items: [`P${at % 900}`, `P${(at + 9) % 900}`] }),
    ),
  };
}

/** A process of its own asks `url`; processor time of this process while it does, the warm-up left out. */
async function measureLoad(url: string, rate: number, seconds: number) {
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
  const data = makeBaskets();
  const fitted = fitRecommender(data, data.lines, TODAY, DEFAULT_PARAMS);
  const parts: RecommenderParts = {
    artefact: { items: data.items, customers: data.customers, segments: data.segments, fitted },
    asOf: fromDayNumber(TODAY),
    historyHalfLifeDays: DEFAULT_PARAMS.historyHalfLifeDays,
    catalogue: makeCatalogue(data),
    clock: systemClock,
  };
  const unlisted = createRecommender(parts);
  const recommender = createRecommender({ ...parts, lists: publishLists(data, fitted) });
  // Nothing else of the release is asked for.
  const release = {
    id: "bench",
    asOf: fromDayNumber(TODAY),
    createdAt: "2012-01-01T00:00:00Z",
    recommender,
  } as ServedRelease;
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

const [, , url, rate, seconds] = process.argv;
if (process.send !== undefined && url !== undefined) {
  await ask(url, Number(rate), WARM_UP_SEC);
  process.send("warm");
  process.send(await ask(url, Number(rate), Number(seconds)));
  process.disconnect();
} else await main();
