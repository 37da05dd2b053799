import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerOsrmTable, standInRouter } from "../../models/routing/matrix-providers/testing/stand-in-router.ts";
import { runCli } from "../run-cli.ts";
import { routeCheckCommand } from "./route-check.ts";
import { routeSolveCommand } from "./route-solve.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "route-commands-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function write(content: object | string): string {
  const file = join(folder, `${++files}.json`);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

/** Runs `tradewind …` with what it writes. */
async function call(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: "", err: "" };
  const sink = (to: "out" | "err"): Writable =>
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        written[to] += chunk.toString();
        done();
      },
    });
  const terminal = { stdout: sink("out"), stderr: sink("err"), env: {}, signal: new AbortController().signal };
  const code = await runCli([routeSolveCommand, routeCheckCommand], words, terminal);
  return { code, ...written };
}

const van = { id: 1, start_index: 0, end_index: 0, capacity: [2] };
const jobs = [
  { id: 1, location_index: 1, delivery: [1] },
  { id: 2, location_index: 2, delivery: [1] },
];
const durations = [
  [0, 100, 200],
  [100, 0, 100],
  [200, 100, 0],
];
const problem = { vehicles: [van], jobs, matrices: { car: { durations } } };

describe("route solve", () => {
  it("prints the solution in VROOM's format and nothing else", async () => {
    const { code, out, err } = await call("route", "solve", write(problem));
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const solution = JSON.parse(out);
    expect(Object.keys(solution)).toEqual(["code", "summary", "unassigned", "routes"]);
    expect(solution).toMatchObject({
      code: 0,
      summary: { cost: 400, routes: 1, unassigned: 0, duration: 400, delivery: [2] },
      routes: [{ vehicle: 1, steps: [{ type: "start" }, { type: "job" }, { type: "job" }, { type: "end" }] }],
    });
    // The same with a limit and threads, on stderr too.
    const limited = await call(
      "route",
      "solve",
      write(problem),
      "--time-limit",
      "0.2",
      "--threads",
      "2",
      "--seed",
      "7",
    );
    expect({ code: limited.code, err: limited.err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(limited.out).summary.cost).toBe(400);
  });

  it("times a given order with what it breaks", async () => {
    const steps = [2, 1].map((id) => ({ type: "job", id }));
    const planned = { ...problem, vehicles: [{ ...van, capacity: [1], steps }] };
    const { code, out } = await call("route", "solve", write(planned), "--plan");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      routes: [{ steps: [{}, { id: 2 }, { id: 1 }, {}], violations: [{ cause: "load" }] }],
    });
  });

  it("asks a router for travel, and answers with VROOM's code 3 where there is no road", async () => {
    const router = await standInRouter((url) =>
      answerOsrmTable(url, (from, to) => (to[0] === 9 && from[0] !== 9 ? null : { seconds: 50, metres: 500 })),
    );
    const solve = (longitude: number) => {
      const vehicles = [{ id: 1, start: [0, 0], end: [0, 0] }];
      const file = write({ vehicles, jobs: [{ id: 1, location: [longitude, 0] }] });
      return call("route", "solve", file, "--router", `osrm=${router.url}`);
    };
    const solved = await solve(1);
    expect(JSON.parse(solved.out).summary).toMatchObject({ duration: 100, distance: 1000, travel_basis: "osrm" });
    const { code, out } = await solve(9);
    router.close();
    expect(code).toBe(3);
    expect(JSON.parse(out)).toEqual({ code: 3, error: "No road leads from [0, 0] to [9, 0]." });
  });

  const withRow = (row: unknown): object => ({
    ...problem,
    matrices: { car: { durations: [row, ...durations.slice(1)] } },
  });
  const after = (first: object, second: object): object => ({
    ...problem,
    jobs: [
      { ...jobs[0], ...first },
      { ...jobs[1], ...second },
    ],
  });
  const many = (count: number): object[] => Array.from({ length: count }, (_, id) => ({ ...van, id }));
  it.each<[string, string, object | string]>([
    ["an unknown location index", "/jobs/1/location_index", after({}, { location_index: 3 })],
    ["a matrix that is not square", "/matrices/car/durations", withRow([0, 100])],
    ["a negative cell", "/matrices/car/durations/0/1", withRow([0, -100, 200])],
    ["a cell that is no number", "/matrices/car/durations/0/1", withRow([0, "much", 200])],
    ["NaN", "not JSON", '{"vehicles": [{"id": NaN}]}'],
    ["an id taken twice", "/jobs/1/id", after({}, { id: 1 })],
    ["no vehicles", "/vehicles", { ...problem, vehicles: [] }],
    ["a window that ends before it starts", "/jobs/0/time_windows", after({ time_windows: [[9, 3]] }, {})],
    [
      "capacities of different length",
      "/vehicles/1/capacity",
      { ...problem, vehicles: [van, { ...van, id: 2, capacity: [1, 1] }] },
    ],
    ["precedence in a circle", "/jobs/", after({ after: [2] }, { after: [1] })],
    ["more vehicles than may be", "/vehicles", { ...problem, vehicles: many(1001) }],
  ])("refuses %s with VROOM's code 2 and the field", async (_what, field, given) => {
    const { code, out, err } = await call("route", "solve", write(given));
    expect({ code, err }).toEqual({ code: 2, err: "" });
    const answer = JSON.parse(out);
    expect(Object.keys(answer)).toEqual(["code", "error"]);
    expect(answer.code).toBe(2);
    expect(answer.error).toContain(field);
  });
});

describe("route check", () => {
  it("ends with 0 for a right solution, with 1 and the faults for a wrong one", async () => {
    const file = write(problem);
    const solved = (await call("route", "solve", file)).out;
    const right = await call("route", "check", file, write(solved));
    expect(right.code).toBe(0);
    expect(JSON.parse(right.out)).toMatchObject({ isFeasible: true, faults: [], cost: 400 });
    const tight = write({ ...problem, vehicles: [{ ...van, capacity: [1] }] });
    const wrong = await call("route", "check", tight, write(solved));
    expect(wrong.code).toBe(1);
    const { isFeasible, faults } = JSON.parse(wrong.out);
    expect(isFeasible).toBe(false);
    expect(faults.join("\n")).toMatch(/load|capacity/);
  });
});
