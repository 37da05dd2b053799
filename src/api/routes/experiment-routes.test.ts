import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Experiment } from "../../models/experiments/experiment.ts";
import type { Exposure } from "../serving/exposure-log.ts";
import { type ApiFixture, openApiFixture } from "../testing/api-fixture.ts";

/** The clock of the fixture stands on 2012-02-01. */
const RUNNING: Experiment = {
  id: "repeats",
  title: "Show what was bought",
  unit: "customer",
  startsOn: "2012-01-15",
  endsOn: "2012-02-01",
  variants: [
    { id: "control", weight: 1, settings: {} },
    { id: "with-bought", weight: 3, settings: { excludePurchased: false } },
  ],
};

describe("experiments", () => {
  let api: ApiFixture;
  const logged: Exposure[] = [];
  beforeAll(async () => {
    api = await openApiFixture(1, {
      experiments: [{ ...RUNNING, id: "over", endsOn: "2012-01-31" }, RUNNING],
      exposureLog: { append: async (exposure) => void logged.push(exposure) },
    });
  });
  afterAll(() => api.close());

  const get = async (url: string) => {
    const response = await api.app.inject({ url });
    return { status: response.statusCode, body: response.json<Record<string, unknown>>() };
  };
  const itemsOf = (body: Record<string, unknown>) => (body["items"] as { itemId: string }[]).map((item) => item.itemId);

  test("are listed with shares and whether they run", async () => {
    const { body } = await get("/v1/experiments");
    expect(body["experiments"]).toMatchObject([
      { id: "over", isActive: false },
      {
        id: "repeats",
        isActive: true,
        variants: [
          { id: "control", share: 0.25, settings: {} },
          { id: "with-bought", share: 0.75, settings: { excludePurchased: false } },
        ],
      },
    ]);
    expect((await get("/v1/experiments/repeats")).body).toMatchObject({
      id: "repeats",
      title: RUNNING.title,
      readOut: {
        leftOut: 0,
        variants: [
          { variant: "control", visitors: 0 },
          { variant: "with-bought", visitors: 0 },
        ],
      },
    });
    expect(await get("/v1/experiments/none")).toMatchObject({ status: 404, body: { code: "EXPERIMENT_NOT_FOUND" } });
  });

  test("a customer's list is made by the variant's settings and says so", async () => {
    const seen = new Set<unknown>();
    for (const id of ["C1", "C2", "C3", "C4", ...Array.from({ length: 40 }, (_unused, index) => `new-${index}`)]) {
      const { body } = await get(`/v1/recommendations/customers/${id}`);
      expect(body["experiment"]).toBe("repeats");
      seen.add(body["variant"]);
      const stated = body["variant"] !== "with-bought";
      const same = await get(`/v1/recommendations/customers/${id}?excludePurchased=${String(stated)}`);
      expect(itemsOf(body)).toEqual(itemsOf(same.body));
      // What the request states itself is no part of the experiment.
      expect(same.body).not.toHaveProperty("variant");
    }
    expect(seen).toEqual(new Set(["control", "with-bought"]));
  });

  test("what an enrolled customer was shown is logged; what a request states itself is not", async () => {
    logged.length = 0;
    const { body } = await get("/v1/recommendations/customers/C1");
    await get("/v1/recommendations/customers/C1?excludePurchased=true");
    expect(logged).toEqual([
      {
        exposureId: body["exposureId"],
        store: "shop",
        experiment: "repeats",
        variant: body["variant"],
        customerId: "C1",
        shownAt: new Date("2012-02-01T12:00:00Z"),
        itemIds: itemsOf(body),
        propensity: body["variant"] === "control" ? 0.25 : 0.75,
      },
    ]);
  });

  test.each(["epsilon", "thompson"] as const)("an exploring variant's items have propensities: %s", async (method) => {
    const exposures: Exposure[] = [];
    const own = await openApiFixture(1, {
      experiments: [
        {
          ...RUNNING,
          variants: RUNNING.variants.map((each) => ({ ...each, exploration: { method, share: 0.5 } })),
          candidates: [{ id: "best-sellers", settings: { model: "popular", excludePurchased: false } }],
        },
      ],
      exposureLog: { append: async (exposure) => void exposures.push(exposure) },
    });
    const ask = async (query: string) => (await own.app.inject(`/v1/recommendations/customers/C1?n=2${query}`)).json();
    const lists = new Set<string>();
    for (let seed = 0; seed < 30; seed++) {
      const body = await ask(`&seed=${seed}`);
      expect(itemsOf(await ask(`&seed=${seed}`))).toEqual(itemsOf(body));
      lists.add(itemsOf(body).join());
      const shown = (body["items"] as { propensity: number }[]).map(({ propensity }) => propensity);
      for (const propensity of shown) expect(propensity > 0 && propensity <= 1).toBe(true);
      expect(exposures.at(-1)?.itemPropensities).toEqual(shown);
    }
    expect(lists.size).toBeGreaterThan(1);
    // What the candidate would have shown is kept beside it; who asks for a model is not part of the experiment.
    const count = exposures.length;
    const popular = await ask("&model=popular&excludePurchased=false&seed=29");
    expect(popular["level"]).toMatch(/popular/);
    expect(exposures.at(-1)?.candidateLists).toEqual({ "best-sellers": itemsOf(popular) });
    expect(exposures).toHaveLength(count);
    await own.close();
  });

  test("a log that cannot be written costs no shelf", async () => {
    const broken = await openApiFixture(1, {
      experiments: [RUNNING],
      exposureLog: { append: () => Promise.reject(new Error("disk full")) },
    });
    expect(await broken.app.inject({ url: "/v1/recommendations/customers/C1" })).toMatchObject({ statusCode: 200 });
    await broken.close();
  });
});
