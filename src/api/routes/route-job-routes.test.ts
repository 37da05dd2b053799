import { get as httpGet } from "node:http";
import { availableParallelism } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixedClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/log.ts";
import { createRouteJobDesk } from "../serving/create-route-job-desk.ts";
import { createRouteJobRunner } from "../serving/route-job-runner.ts";
import type { RouteJobDesk } from "../serving/route-job-desk.ts";
import { type ApiFixture, nightOf, openApiFixture } from "../testing/api-fixture.ts";

/** Jobs on a circle, so that a search has something to do. */
function createProblem(jobs: number): object {
  return {
    vehicles: [1, 2].map((id) => ({ id, start: [0, 0], end: [0, 0], capacity: [jobs] })),
    jobs: Array.from({ length: jobs }, (_, at) => ({
      id: at,
      location: [Math.cos(at * 2.4) * 0.3, Math.sin(at * 1.7) * 0.3],
      delivery: [1],
    })),
  };
}

interface ServerEvent {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: Record<string, unknown>;
}

function parseEvents(text: string): ServerEvent[] {
  return text
    .split("\n\n")
    .filter((block) => block !== "" && !block.startsWith(":"))
    .map((block) => {
      const fields = new Map(block.split("\n").map((line) => line.split(/: (.*)/s, 2) as [string, string]));
      return {
        id: fields.get("id"),
        event: fields.get("event"),
        data: JSON.parse(fields.get("data") ?? "{}") as Record<string, unknown>,
      };
    });
}

let api: ApiFixture;
let url: string;
let desk: RouteJobDesk;
beforeAll(async () => {
  let count = 0;
  desk = createRouteJobDesk({
    runner: createRouteJobRunner({ maxThreads: 1 }),
    clock: fixedClock("2026-01-01T00:00:00Z"),
    logger: silentLogger,
    createId: () => `j${++count}`,
    maxRunning: 1,
    maxWaiting: 2,
    keptJobs: 50,
    keptMs: 60_000,
  });
  api = await openApiFixture(1, { routeJobs: desk });
  url = await api.app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await desk.close();
  await api.close();
});

const post = (payload: object, query = "", headers = {}) =>
  api.app.inject({ method: "POST", url: `/v1/routes/jobs${query}`, payload, headers });
const get = (path: string) => api.app.inject(path);
const cancel = (id: string) => api.app.inject({ method: "DELETE", url: `/v1/routes/jobs/${id}` });

describe("/v1/routes/jobs", () => {
  it("searches in a thread to the time limit and streams the cost of better and better plans", async () => {
    const accepted = await post(createProblem(40), "?timeLimitSec=0.5&seed=3");
    expect(accepted.statusCode).toBe(202);
    const { release, job } = accepted.json();
    expect({ release, state: job.state, seed: job.seed }).toEqual({ release: nightOf(1), state: "queued", seed: 3 });
    const location = accepted.headers.location ?? "";

    const response = await fetch(`${url}${location}/events`);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const events = parseEvents(await response.text());
    expect(events[0]).toMatchObject({ event: "state", data: { state: "queued" } });
    expect(events.at(-1)).toMatchObject({ event: "finished", data: { state: "succeeded", error: null } });
    const improved = events.filter(({ event }) => event === "improved");
    expect(improved.length).toBeGreaterThan(1);
    expect(improved.map(({ id }) => id)).toEqual(improved.map((_, at) => String(at)));
    const costs = improved.map(({ data }) => Number(data["cost"]));
    expect(costs).toEqual([...costs].sort((a, b) => b - a));

    const { job: solved } = (await get(location)).json();
    expect(solved.state).toBe("succeeded");
    expect(solved.solution.summary).toMatchObject({ unassigned: 0 });
    // Costs are rounded route by route.
    expect(Math.abs(solved.solution.summary.cost - (costs.at(-1) ?? 0))).toBeLessThanOrEqual(2);
    const checked = await api.app.inject({
      method: "POST",
      url: "/v1/routes/check",
      payload: { problem: createProblem(40), solution: solved.solution },
    });
    expect(checked.json()).toMatchObject({ isFeasible: true, faults: [], assigned: 40 });
  });

  it("goes on after the last event that was seen", async () => {
    const stream = await api.app.inject({ url: "/v1/routes/jobs/j1/events", headers: { "last-event-id": "0" } });
    expect(parseEvents(stream.body)[0]).toMatchObject({ id: "1", event: "improved" });
  });

  it("ends a search early with the best plan so far, and takes back what waits, whoever reads the events", async () => {
    const running = (await post(createProblem(60), "?timeLimitSec=600")).json().job.id;
    const waiting = (await post(createProblem(5))).json().job.id;
    await new Promise<void>((resolve) => {
      const client = httpGet(`${url}/v1/routes/jobs/${running}/events`, (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => {
          text += chunk.toString();
          if (!text.includes("event: improved")) return;
          client.destroy();
          resolve();
        });
      });
    });
    expect((await cancel(waiting)).json().job).toMatchObject({ state: "cancelled", startedAt: null, solution: null });
    const { job } = (await cancel(running)).json();
    expect(job.state).toBe("cancelled");
    expect(job.solution.summary).toMatchObject({ unassigned: 0 });
  });

  it("refuses more than may wait with 429 and the time to come back", async () => {
    const answers = [];
    for (let at = 0; at < 4; at++) answers.push(await post(createProblem(60), "?timeLimitSec=600"));
    const refused = answers.find(({ statusCode }) => statusCode === 429);
    expect(refused?.json()).toMatchObject({ code: "ROUTE_QUEUE_FULL" });
    expect(Number(refused?.headers["retry-after"])).toBeGreaterThan(0);
    const accepted = answers.filter(({ statusCode }) => statusCode === 202);
    for (const answer of accepted.reverse()) await cancel(answer.json().job.id);
  });

  it("starts once for an idempotency key", async () => {
    const key = { "idempotency-key": "k1" };
    const first = await post(createProblem(3), "?timeLimitSec=0.1", key);
    const again = await post(createProblem(3), "?timeLimitSec=0.1", key);
    expect(again.json().job.id).toBe(first.json().job.id);
    expect(again.headers["idempotent-replayed"]).toBe("true");
    expect((await post(createProblem(4), "?timeLimitSec=0.1", key)).json().code).toBe("IDEMPOTENCY_KEY_REUSED");
  });

  it.each([
    ["?timeLimitSec=601", { vehicles: [{ id: 1, start: [0, 0] }] }, 422, "ROUTE_INPUT_INVALID", "/timeLimitSec"],
    ["?timeLimitSec=0", { vehicles: [{ id: 1, start: [0, 0] }] }, 400, "REQUEST_INVALID", "/timeLimitSec"],
    ["", { vehicles: [] }, 422, "ROUTE_INPUT_INVALID", "/vehicles"],
    [
      "",
      { vehicles: [{ id: 1, start: [0, 0], time_window: [9, 1] }] },
      422,
      "ROUTE_INPUT_INVALID",
      "/vehicles/0/time_window",
    ],
    [
      "",
      { vehicles: [{ id: 1, start: [0, 0] }], jobs: Array.from({ length: 5001 }, () => ({ id: 1, location: [0, 0] })) },
      422,
      "ROUTE_INPUT_INVALID",
      "/jobs",
    ],
  ])("refuses %s %# at its field", async (query, payload, status, code, pointer) => {
    const response = await post(payload, query);
    expect(response.json()).toMatchObject({ status, code });
    expect(response.json().errors[0].pointer).toBe(pointer);
  });

  it("refuses a body over the limit, and jobs that it does not know", async () => {
    const large = { vehicles: [{ id: 1, start: [0, 0], description: "x".repeat(9_000_000) }] };
    expect((await post(large)).json()).toMatchObject({
      status: 413,
      code: "REQUEST_BODY_TOO_LARGE",
      vroom: { code: 2 },
    });
    for (const path of ["/v1/routes/jobs/nope", "/v1/routes/jobs/nope/events"]) {
      expect((await get(path)).json()).toMatchObject({ status: 404, code: "ROUTE_JOB_NOT_FOUND" });
    }
  });
});

describe("POST /v1/routes/check", () => {
  const problem = { vehicles: [{ id: 1, start: [0, 0], end: [0, 0] }], jobs: [{ id: 7, location: [0, 0.1] }] };
  const check = async (solution: unknown) =>
    (await api.app.inject({ method: "POST", url: "/v1/routes/check", payload: { problem, solution } })).json();

  it("names what is wrong with a solution", async () => {
    expect(await check({})).toMatchObject({ isFeasible: false, assigned: 0 });
    const solution = (await api.app.inject({ method: "POST", url: "/v1/routes/solve", payload: problem })).json();
    expect(await check(solution)).toMatchObject({ isFeasible: true, faults: [] });
    const cheaper = { ...solution, summary: { ...solution.summary, cost: 1 } };
    expect((await check(cheaper)).faults).toEqual([expect.stringContaining("cost is stated as 1")]);
  });

  it("searches with several threads where there are as many cores, and says with how many", async () => {
    const accepted = await post(createProblem(40), "?timeLimitSec=0.5&threads=16");
    const { threads } = accepted.json().job;
    expect(threads).toBe(Math.min(16, availableParallelism()));
    await fetch(`${url}${accepted.headers.location ?? ""}/events`).then((response) => response.text());
    const ended = (await get(String(accepted.headers.location))).json();
    expect(ended.job).toMatchObject({ state: "succeeded", threads, solution: { summary: { unassigned: 0 } } });
    expect((await post(createProblem(4), "?threads=0")).statusCode).toBe(400);
  });
});

describe("POST /v1/routes/propose", () => {
  const problem = {
    vehicles: [{ id: 1, start: [0, 0], end: [0, 0], steps: [{ type: "job", id: 7 }] }],
    jobs: [{ id: 7, location: [0, 0.1] }],
  };
  const propose = async (body: object) =>
    (await api.app.inject({ method: "POST", url: "/v1/routes/propose", payload: { problem, ...body } })).json();

  it("prices a new order slot by slot", async () => {
    const job = { id: 8, location: [0, 0.2], service: 60 };
    const slots = [
      [0, 100],
      [0, 9000],
    ];
    const answer = await propose({ job, slots });
    expect(answer).toMatchObject({
      release: nightOf(1),
      slots: [{ slot: slots[0], proposals: [] }, { slot: slots[1] }],
    });
    // 0.1° further out and back: 11.12 km of great circle, 14.46 km of road each way at 50 km/h, each leg in whole seconds.
    expect(answer.slots[1].proposals).toMatchObject([{ vehicle: 1, marginal_duration: 2082 }]);
  });

  it("gives the steps with the reload that is set in", async () => {
    const [vehicle] = problem.vehicles;
    const van = { ...vehicle, capacity: [1], max_trips: 2 };
    const payload = {
      problem: { vehicles: [van], jobs: [{ id: 7, location: [0, 0.1], delivery: [1] }] },
      job: { id: 8, location: [0, 0.1], delivery: [1] },
    };
    const reply = await api.app.inject({ method: "POST", url: "/v1/routes/propose", payload });
    const steps = ["job 7", "reload 0", "job 8"].map((name) => ({
      type: name.split(" ")[0],
      id: Number(name.split(" ")[1]),
    }));
    expect(new Set(steps)).toEqual(new Set(reply.json().slots[0].proposals[0].steps));
  });

  it("prices a shipment, both halves placed", async () => {
    const at = (latitude: number) => ({ id: 8, location: [0, latitude], service: 60 });
    const answer = await propose({ shipment: { pickup: at(0.05), delivery: at(0.2) }, slots: [[0, 9000]] });
    const [proposal] = answer.slots[0].proposals;
    expect(proposal).toMatchObject({ vehicle: 1, position: 0, delivery: { position: 0 }, marginal_duration: 2081 });
    expect(proposal.delivery.begin).toBeGreaterThan(proposal.begin);
    expect(proposal.steps.map(({ type }: { type: string }) => type)).toEqual(["pickup", "delivery", "job"]);
    expect(await propose({})).toMatchObject({ code: "ROUTE_INPUT_INVALID", errors: [{ pointer: "/job" }] });
  });

  it("refuses a faulty job at its field", async () => {
    expect(await propose({ job: { id: 7, location: [0, 0.2] } })).toMatchObject({
      status: 422,
      code: "ROUTE_INPUT_INVALID",
      errors: [{ pointer: "/job/id" }],
    });
  });
});
