import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiFixture, nightOf, openApiFixture } from "../testing/api-fixture.ts";

let api: ApiFixture;
beforeAll(async () => {
  api = await openApiFixture(1);
});
afterAll(() => api.close());

const solve = (payload: object) => api.app.inject({ method: "POST", url: "/v1/routes/solve", payload });

describe("POST /v1/routes/solve", () => {
  it("answers in VROOM's format, stamped with the release", async () => {
    const response = await solve({
      vehicles: [{ id: 1, start_index: 0, end_index: 0, capacity: [1] }],
      jobs: [
        { id: 7, location_index: 1, delivery: [1] },
        { id: 8, location_index: 1, delivery: [5] },
      ],
      matrices: {
        car: {
          durations: [
            [0, 100],
            [120, 0],
          ],
        },
      },
    });
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({
      code: 0,
      summary: { routes: 1, unassigned: 1, duration: 220 },
      unassigned: [{ id: 8 }],
      release: nightOf(1),
    });
  });

  it("tells how late tasks are, and drives as traffic lets it", async () => {
    const response = await solve({
      vehicles: [{ id: 1, start_index: 0, end_index: 0, time_window: [25_200, 36_000] }],
      jobs: [{ id: 1, location_index: 1, due: 28_800, late_cost_per_hour: 12 }],
      matrices: {
        car: {
          durations: [
            [0, 3600],
            [3600, 0],
          ],
        },
      },
      traffic: { car: [{ from: 25_200, to: 32_400, factor: 2 }] },
    });
    expect(response.json()).toMatchObject({
      summary: { duration: 10_800, lateness: 3600, lateness_cost: 12, cost: 10_812 },
      routes: [{ lateness: 3600, steps: [{}, { id: 1, arrival: 32_400, lateness: 3600, lateness_cost: 12 }, {}] }],
    });
  });

  it.each([
    [{}, 400, "REQUEST_INVALID", "/vehicles"],
    [{ vehicles: [{ start: [0, 0] }] }, 400, "REQUEST_INVALID", "/vehicles/0/id"],
    [{ vehicles: [{ id: 1 }] }, 422, "ROUTE_INPUT_INVALID", "/vehicles/0/start"],
    [{ vehicles: [{ id: 1, start: [0, 0] }], jobs: [{ id: 1 }] }, 422, "ROUTE_INPUT_INVALID", "/jobs/0/location"],
    [{ vehicles: [{ id: 1, start: [0, 0] }], colour: 1 }, 422, "ROUTE_INPUT_INVALID", "/colour"],
    [
      { vehicles: [{ id: 1, start: [0, 0] }], traffic: { car: [{ from: 9, to: 1, factor: 2 }] } },
      422,
      "ROUTE_INPUT_INVALID",
      "/traffic/car/0/to",
    ],
  ])("refuses %j at its field", async (payload, status, code, pointer) => {
    const response = await solve(payload);
    expect(response.headers["content-type"]).toContain("application/problem+json");
    const { detail } = response.json();
    // As VROOM's callers know it: code 2 with a text that names the field.
    expect(response.json()).toMatchObject({ status, code, vroom: { code: 2, error: detail } });
    expect(detail.replace(/\[(\d+)\]/g, "/$1").replaceAll(".", "/")).toContain(pointer.slice(1));
    expect(response.json().errors[0].pointer).toBe(pointer);
  });
});

describe("GET /v1/forecasts", () => {
  it("answers expected units with a range that holds them, or says that nothing is known", async () => {
    const response = await api.app.inject("/v1/forecasts?horizon=3");
    const body = response.json();
    expect(response.statusCode).toBe(200);
    expect(body.release).toBe(nightOf(1));
    expect(body.points.length).toBeLessThanOrEqual(3);
    for (const { q10, q50, q90 } of body.points) {
      expect(q10).toBeLessThanOrEqual(q50);
      expect(q50).toBeLessThanOrEqual(q90);
    }
  });

  it("is 404 for what was never sold, 400 for a horizon out of bounds", async () => {
    const unknown = await api.app.inject("/v1/forecasts?product=P99");
    expect(unknown.json().code).toBe("FORECAST_SERIES_UNKNOWN");
    expect((await api.app.inject("/v1/forecasts?horizon=0")).statusCode).toBe(400);
  });
});
