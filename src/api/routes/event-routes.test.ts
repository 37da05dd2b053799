import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixedClock } from "../../core/clock.ts";
import { createEventLog, type EventLog } from "../serving/event-log.ts";
import { createLiveEvents, LIVE_EVENT_LIMITS } from "../serving/live-events.ts";
import { type ApiFixture, openApiFixture } from "../testing/api-fixture.ts";

const inbox = mkdtempSync(join(tmpdir(), "tradewind-events-"));
const folder = join(inbox, "traffic-events");
const clock = fixedClock("2012-02-01T12:00:00Z");
let api: ApiFixture;
let log: EventLog;
beforeAll(async () => {
  log = createEventLog({ inbox, clock });
  api = await openApiFixture(7, { eventLog: log, liveEvents: createLiveEvents(), clock });
});
afterAll(async () => {
  await api.close();
  await log.close();
  rmSync(inbox, { recursive: true });
});

const post = async (url: string, payload: object) => {
  const response = await api.app.inject({ method: "POST", url, payload });
  return { status: response.statusCode, body: response.json() };
};
const send = (...events: object[]) => post("/v1/events", { events });
const view = { id: "e1", kind: "view", visitorId: "v1", itemId: "P2", sessionId: "s1", customerId: "stranger" };

describe("POST /v1/events", () => {
  it("makes events known to the next session and customer answers, once each", async () => {
    expect((await send(view)).body).toMatchObject({ accepted: 1, duplicate: 0, capped: 0 });
    expect(await send(view)).toMatchObject({ status: 202, body: { accepted: 0, duplicate: 1 } });
    const { body } = await post("/v1/recommendations/session", { sessionId: "s1" });
    expect(body.items.map(({ itemId }: { itemId: string }) => itemId)).not.toContain("P2");
    const url = "/v1/recommendations/customers/stranger/recently-viewed?n=1";
    const viewed = (await api.app.inject(url)).json();
    expect([viewed.level, viewed.items[0].itemId]).toEqual(["recently-viewed", "P2"]);
  });

  it.each([
    [{ ...view, kind: "look" }, "/events/0/kind"],
    [{ ...view, at: "yesterday" }, "/events/0/at"],
    [{ ...view, at: "2012-03-01T00:00:00Z" }, "/events/0/at"],
    [{ ...view, at: "2012-02-30T00:00:00Z" }, "/events/0/at"],
    [{ ...view, email: "a@b.c" }, "/events/0/email"],
    [{ ...view, quantity: 0 }, "/events/0/quantity"],
    [{ id: "e", kind: "view", itemId: "P1" }, "/events/0/visitorId"],
  ])("refuses %j at %s and keeps nothing of the call", async (event, pointer) => {
    const { status, body } = await send(event, { ...view, id: `beside ${pointer}` });
    expect(status).toBe(400);
    expect(body.errors[0].pointer).toBe(pointer);
  });

  it("keeps no more of a bot than the cap, and goes on serving the others", async () => {
    const most = LIVE_EVENT_LIMITS.eventsPerVisitorAndHour;
    const counts = { accepted: 0, capped: 0 };
    for (let call = 0; call < 2; call++) {
      const events = Array.from({ length: 1000 }, (_, at) => ({ ...view, visitorId: "bot", id: `bot ${call} ${at}` }));
      const { body } = await send(...events);
      counts.accepted += body.accepted;
      counts.capped += body.capped;
    }
    expect(counts).toEqual({ accepted: most, capped: 2000 - most });
    expect((await send({ ...view, id: "after", visitorId: "v2" })).body.accepted).toBe(1);
  });

  it("takes 100,000 events of a bot without an error, keeps the cap, and never empties a shelf", async () => {
    const counts = { accepted: 0, capped: 0, duplicate: 0 };
    for (let call = 0; call < 100; call++) {
      const events = Array.from({ length: 1000 }, (_, at) => ({
        id: `flood ${call} ${at % 999}`,
        kind: "purchase",
        visitorId: "flood",
        customerId: "flood",
        itemId: `P${1 + (at % 4)}`,
      }));
      const { status, body } = await send(...events);
      expect(status).toBe(202);
      counts.accepted += body.accepted;
      counts.capped += body.capped;
      counts.duplicate += body.duplicate;
    }
    expect(counts.accepted).toBe(LIVE_EVENT_LIMITS.eventsPerVisitorAndHour);
    expect(counts.accepted + counts.capped + counts.duplicate).toBe(100_000);
    // The bot has bought all there is; everybody else sees everything.
    const shelf = async (url: string) => (await api.app.inject(url)).json<{ items: unknown[] }>().items;
    expect(await shelf("/v1/recommendations/customers/someone")).toHaveLength(4);
    expect(await shelf("/v1/recommendations/popular?market=XX")).toHaveLength(4);
    for (const url of ["", "&excludePurchased=false"]) {
      const { statusCode } = await api.app.inject(`/v1/recommendations/customers/flood?n=10${url}`);
      expect(statusCode).toBe(200);
    }
    expect(await shelf("/v1/recommendations/customers/flood?excludePurchased=false")).toHaveLength(4);
  }, 60_000);

  it("has each accepted event on disk as the contract's columns, in a file that is not yet handed over", async () => {
    const [name = ""] = readdirSync(folder);
    expect(name).toMatch(/\.ndjson\.part$/);
    const rows = readFileSync(join(folder, name), "utf8").trimEnd().split("\n");
    expect(rows).toHaveLength(
      1 + LIVE_EVENT_LIMITS.eventsPerVisitorAndHour + 1 + LIVE_EVENT_LIMITS.eventsPerVisitorAndHour,
    );
    expect(JSON.parse(rows[0])).toEqual({
      store_id: "shop",
      visitor_id: "v1",
      session_id: "s1",
      event_at: "2012-02-01T12:00:00.000Z",
      kind: "view_item",
      product_id: "P2",
    });
  });
});

describe("an event log", () => {
  const event = { id: "a", kind: "cart", store: "shop", visitorId: "v", itemId: "P1", atMs: 0 } as const;

  it("hands its file over when it closes, and calls at the same time all end", async () => {
    const own = mkdtempSync(join(tmpdir(), "tradewind-events-"));
    const events = createEventLog({ inbox: own, clock });
    await Promise.all(Array.from({ length: 20 }, () => events.append([event])));
    await events.close();
    const [name = ""] = readdirSync(join(own, "traffic-events"));
    expect(name).toMatch(/\.ndjson$/);
    expect(readFileSync(join(own, "traffic-events", name), "utf8").split("\n")).toHaveLength(21);
    rmSync(own, { recursive: true });
  });

  it("hands over what a crash left, without the line it cut off, and leaves the files of the living", async () => {
    const own = mkdtempSync(join(tmpdir(), "tradewind-events-"));
    const first = createEventLog({ inbox: own, clock });
    await first.append([event]);
    await first.close();
    const place = join(own, "traffic-events");
    writeFileSync(join(place, "events-20120101-99999999-1.ndjson.part"), '{"a":1}\n{"b":');
    writeFileSync(join(place, "events-20120101-99999998-1.ndjson.part"), '{"b":');
    writeFileSync(join(place, "events-20120101-1-1.ndjson.part"), '{"c":');
    await createEventLog({ inbox: own, clock }).close();
    expect(readFileSync(join(place, "events-20120101-99999999-1.ndjson"), "utf8")).toBe('{"a":1}\n');
    expect(readdirSync(place).filter((name) => name.endsWith(".part"))).toEqual(["events-20120101-1-1.ndjson.part"]);
    expect(readdirSync(place)).toHaveLength(3);
    rmSync(own, { recursive: true });
  });
});
