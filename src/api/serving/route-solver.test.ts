import { afterAll, describe, expect, it } from "vitest";
import { createRouteSolver } from "./route-solver.ts";

const problem = {
  vehicles: [{ id: 1, start: [0, 0], end: [0, 0] }],
  jobs: [{ id: 7, location: [0, 0.1], service: 60 }],
};

describe("createRouteSolver", () => {
  const solver = createRouteSolver({ maxThreads: 1, maxQueue: 1, timeLimitMs: 20_000 });
  afterAll(() => solver.close());

  it("solves in a worker thread", async () => {
    const { code, routes } = await solver.solve(problem);
    expect(code).toBe(0);
    expect(routes[0]?.steps.map(({ type }) => type)).toEqual(["start", "job", "end"]);
  });

  it("gets ready before the first problem", async () => {
    const warmed = createRouteSolver({ maxThreads: 1, maxQueue: 1, timeLimitMs: 20_000 });
    await warmed.warm();
    expect((await warmed.solve(problem)).code).toBe(0);
    await warmed.close();
  });

  it("tells every fault of the problem by its pointer", async () => {
    const faulty = { ...problem, jobs: [{ id: 7 }, { id: 7, location: [0, 200] }] };
    const error = await solver.solve(faulty).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "AppError", code: "ROUTE_INPUT_INVALID", status: 422 });
    expect(error).toHaveProperty("errors.0.pointer", "/jobs/0/location");
  });

  it("takes no more than may wait", async () => {
    const answers = await Promise.allSettled(Array.from({ length: 4 }, () => solver.solve(problem)));
    const refused = answers.filter(({ status }) => status === "rejected");
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) expect(answer).toHaveProperty("reason.code", "SERVER_OVERLOADED");
  });

  it("ends what overruns its time, and goes on with the next", async () => {
    const hasty = createRouteSolver({ maxThreads: 1, maxQueue: 4, timeLimitMs: 1 });
    await expect(hasty.solve(problem)).rejects.toMatchObject({ code: "ROUTE_TIME_EXCEEDED", status: 504 });
    await expect(hasty.solve(problem)).rejects.toMatchObject({ code: "ROUTE_TIME_EXCEEDED" });
    await hasty.close();
  });
});
