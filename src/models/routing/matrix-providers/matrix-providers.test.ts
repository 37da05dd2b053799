import { afterEach, describe, expect, it } from "vitest";
import { solveRoute } from "../solve-route.ts";
import { fillMatrices } from "./fill-matrices.ts";
import { openProvider } from "./open-provider.ts";
import { answerOsrmTable, standInRouter } from "./testing/stand-in-router.ts";

/** Travel in the stand-in's world: streets at right angles, 100 km a degree, 10 m/s; nobody gets to the west of −10. */
const metresBetween = (a: readonly number[], b: readonly number[]): number =>
  Math.round(100_000 * (Math.abs((a[0] ?? 0) - (b[0] ?? 0)) + Math.abs((a[1] ?? 0) - (b[1] ?? 0))));
const isReachable = (point: readonly number[]): boolean => (point[0] ?? 0) >= -10;

let close: (() => void) | undefined;
afterEach(() => close?.());

async function serve(answer: Parameters<typeof standInRouter>[0]) {
  const router = await standInRouter(answer);
  close = router.close;
  return router;
}

/** Nobody gets to the west, but by staying there. */
const answerOsrm = (url: URL): { body: string } =>
  answerOsrmTable(url, (from, to) => {
    const metres = metresBetween(from, to);
    return metres === 0 || isReachable(to) ? { seconds: metres / 10 + 0.2, metres } : null;
  });

/** Speaks Valhalla's format: kilometres, one object a cell. */
function answerValhalla(body: string): { body: string } {
  interface Asked {
    readonly sources: readonly { lon: number; lat: number }[];
    readonly targets: readonly { lon: number; lat: number }[];
    readonly costing: string;
  }
  const { sources, targets, costing } = JSON.parse(body) as Asked;
  const factor = costing === "auto" ? 1 : 3;
  const cells = sources.map((a) =>
    targets.map((b) => {
      const metres = metresBetween([a.lon, a.lat], [b.lon, b.lat]);
      return { distance: metres / 1000, time: (factor * metres) / 10 };
    }),
  );
  return { body: JSON.stringify({ sources_to_targets: cells }) };
}

const PROBLEM = {
  vehicles: [
    { id: 1, start: [0, 0], end: [0, 0] },
    { id: 2, start: [0, 0], profile: "bike" },
  ],
  jobs: [
    { id: 1, location: [0.1, 0] },
    { id: 2, location: [0.1, 0.1] },
  ],
  shipments: [{ pickup: { id: 1, location: [0, 0.1] }, delivery: { id: 2, location: [0.1, 0] } }],
};

describe("a problem of coordinates", () => {
  it("is driven by OSRM's tables, one a profile, and says so", async () => {
    const { url, asked } = await serve(answerOsrm);
    const provider = openProvider(`osrm=${url}/`);
    if (provider === undefined) throw new Error("no provider");
    const solution = solveRoute(await fillMatrices(PROBLEM, provider));
    // Out and back around the square by vehicle 1 or open on vehicle 2: every leg is 10 km, 1,000 s.
    expect(solution.summary).toMatchObject({ travel_basis: "osrm", unassigned: 0 });
    expect((solution.summary.distance ?? 0) % 10_000).toBe(0);
    expect(solution.summary.duration % 1000).toBe(0);
    expect(asked.map((path) => path.split("/")[3])).toEqual(["car", "bike"]);
    // Equal coordinates are asked for once.
    expect(new URL(asked[0] ?? "", url).searchParams.get("sources")).toBe("0;1;2;3");
    expect(solution.routes[0]?.steps[0]?.location).toEqual([0, 0]);
  });

  it("is driven by Valhalla's, with its names for profiles and kilometres as metres", async () => {
    const { url } = await serve((_url, body) => answerValhalla(body));
    const provider = openProvider(`valhalla=${url}`);
    const tables = await provider?.measure("car", [
      [0, 0],
      [0.25, 0],
    ]);
    expect(tables).toEqual({
      durations: [
        [0, 2500],
        [2500, 0],
      ],
      distances: [
        [0, 25_000],
        [25_000, 0],
      ],
    });
    expect(
      (
        await provider?.measure("bike", [
          [0, 0],
          [0.25, 0],
        ])
      )?.durations[0]?.[1],
    ).toBe(7500);
  });

  it("is asked for in blocks when it has many places, and put together in order", async () => {
    const { url, asked } = await serve(answerOsrm);
    const points = Array.from({ length: 120 }, (_, at): [number, number] => [at / 1000, 0]);
    const tables = await openProvider(`osrm=${url}`)?.measure("car", points);
    expect(asked.length).toBe(9);
    expect(tables?.distances[119]?.[7]).toBe(11_200);
    expect(tables?.distances.every((row) => row.length === 120)).toBe(true);
  });

  it("names the places that no road joins", async () => {
    const { url } = await serve(answerOsrm);
    const jobs = [{ id: 1, location: [-20, 5] }];
    const provider = openProvider(`osrm=${url}`);
    const filling = fillMatrices({ vehicles: [{ id: 1, start: [0, 0] }], jobs }, provider as never);
    await expect(filling).rejects.toThrow("No road leads from [0, 0] to [-20, 5].");
  });

  it.each([
    ["a refusal", { status: 400, body: '{"code":"InvalidValue"}' }, /status 400/],
    ["no JSON", { body: "<html>" }, /did not answer as it should/],
    ["no table", { body: '{"code":"Ok"}' }, /no table "durations"/],
    ["too small a table", { body: '{"durations":[[0]],"distances":[[0]]}' }, /lacks a cell/],
  ])("fails by name on %s", async (_name, reply, message) => {
    const { url } = await serve(() => reply);
    const measuring = openProvider(`osrm=${url}`)?.measure("car", [
      [0, 0],
      [1, 1],
    ]);
    await expect(measuring).rejects.toMatchObject({
      code: "ROUTE_ROUTER_FAILED",
      detail: expect.stringMatching(message),
    });
  });

  it("is checked before the router is asked, and left alone where it has matrices", async () => {
    const { url, asked } = await serve(answerOsrm);
    const provider = openProvider(`osrm=${url}`) as never;
    await expect(fillMatrices({ vehicles: [], jobs: [] }, provider)).rejects.toThrow(/vehicles/);
    const own = { vehicles: [{ id: 1, start_index: 0 }], matrices: { car: { durations: [[0]] } } };
    expect(await fillMatrices(own, provider)).toBe(own);
    expect(asked).toEqual([]);
  });

  it("has no router without an address, and refuses a strange one", () => {
    expect(openProvider("")).toBeUndefined();
    expect(() => openProvider("google=http://x")).toThrow(/osrm= or valhalla=/);
  });
});
