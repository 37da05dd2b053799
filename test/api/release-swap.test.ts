import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type ApiFixture,
  grossSalesOf,
  nightOf,
  openApiFixture,
  stageNight,
} from "../../src/api/testing/api-fixture.ts";
import { publishRelease } from "../../src/warehouse/releases/publish-release.ts";
import { type Answer, createKeepAliveClient, type KeepAliveClient } from "./support/keep-alive-client.ts";

const CLIENTS = 8;
const LAST_NIGHT = 6;

let api: ApiFixture;
let url: string;
beforeAll(async () => {
  api = await openApiFixture(1);
  for (let night = 2; night <= LAST_NIGHT; night++) await stageNight(api.paths, night);
  url = await api.app.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(() => api.close());

/** Which night an answer is from, having checked that all of it is from that night. */
type Check = (client: KeepAliveClient) => Promise<number>;

const nightIn = (release: string): number => Number(release.slice(6, 8));

interface ReadAnswer {
  readonly release: string;
  readonly items: readonly { readonly title: string }[];
  readonly rows: readonly [string, number, number][];
}

/** The answer as JSON; anything but 200 is a failure of the test. */
function read({ status, body }: Answer): ReadAnswer {
  if (status !== 200) throw new Error(`${status}: ${body}`);
  // What the schemas of the three routes below say of these fields.
  return JSON.parse(body) as ReadAnswer;
}

const popular: Check = async (client) => {
  const path = "/v1/recommendations/popular?n=2";
  const answer = read(await client.get(path));
  const night = nightIn(answer.release);
  for (const { title } of answer.items) expect(title).toContain(`night ${night}`);
  return night;
};

const grossSales: Check = async (client) => {
  const query = { metrics: ["gross_sales", "average_order_value"], dimensions: ["market"] };
  const sent = await client.post("/v1/metrics/query", query);
  const answer = read(sent);
  const night = nightIn(answer.release);
  expect(answer.rows.reduce((sum, [, sales]) => sum + sales, 0)).toBe(grossSalesOf(night));
  return night;
};

const catalogue: Check = async (client) => nightIn(read(await client.get("/v1/metrics")).release);

describe("publishing while requests run", () => {
  it("fails no request, mixes no two nights in one answer, and every client arrives at the newest", async () => {
    const seen = new Set<number>();
    const progress = { requests: 0, isPublishing: true };
    /** Lets that many answers come in, or the failure of a client come out. */
    const passRequests = async (count: number): Promise<void> => {
      const goal = progress.requests + count;
      while (progress.requests < goal) await Promise.race([clients, setImmediate()]);
    };
    const checks = [popular, grossSales, popular, catalogue];

    const work = async (): Promise<void> => {
      const client = createKeepAliveClient(url);
      let newest = 0;
      while (progress.isPublishing || newest < LAST_NIGHT) {
        for (const check of checks) {
          const night = await check(client);
          expect(night).toBeGreaterThanOrEqual(newest); // A client never goes back in time.
          newest = night;
          seen.add(night);
          progress.requests++;
        }
      }
      client.close();
    };

    const clients = Promise.all(Array.from({ length: CLIENTS }, work));
    try {
      for (let night = 2; night <= LAST_NIGHT; night++) {
        await passRequests(CLIENTS * checks.length);
        publishRelease(api.paths, nightOf(night));
        expect(await api.releases.refresh()).toBe(true);
      }
    } finally {
      progress.isPublishing = false;
    }
    await clients;
    expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: LAST_NIGHT }, (_, index) => index + 1));
    expect((await api.app.inject("/readyz")).json().release).toBe(nightOf(LAST_NIGHT));
  });
});
