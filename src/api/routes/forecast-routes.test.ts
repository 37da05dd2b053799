import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publishRelease } from "../../warehouse/releases/publish-release.ts";
import { orderLine } from "../../warehouse/testing/fixture-warehouse.ts";
import { type ApiFixture, nightOf, openApiFixture, stageNight } from "../testing/api-fixture.ts";

const line = (day: string, product: string, quantity: number) =>
  orderLine(`${product} ${day}`, day, product, quantity, 1, { customer_id: "C1", market_id: "GB" });

let api: ApiFixture;
beforeAll(async () => {
  api = await openApiFixture(undefined);
  await stageNight(api.paths, 1, [
    line("2009-12-01", "OLD", 5),
    line("2011-12-20", "TYPO", 2),
    line("2011-12-13", "TYPO", 2),
    line("2011-12-22", "TYPO", 9_000_000),
  ]);
  publishRelease(api.paths, nightOf(1));
  await api.releases.refresh();
}, 120_000);
afterAll(() => api.close());

const ask = async (query: string) => (await api.app.inject(`/v1/forecasts?${query}`)).json();

describe("GET /v1/forecasts on awkward products", () => {
  it("expects nothing of a product that ended two years ago, and says since when", async () => {
    const body = await ask("product=OLD&market=GB&horizon=366");
    expect(body).toMatchObject({ release: nightOf(1), method: "ended", level: "product", unit: "week", history: [] });
    expect(body.reason).toBe("nothing was demanded after the week from 2009-11-29 on");
    expect(body.points).toHaveLength(13);
    for (const { mean, q975 } of body.points) expect([mean, q975]).toEqual([0, 0]);
  });

  it("answers for a product with a day that is not believed, and names the day; the store knows nothing of it", async () => {
    const body = await ask("product=TYPO&horizon=4");
    expect(body.method).toBe("fallback-smoothing");
    expect(body.reason).toBe("2011-12-22 left out: 9000000 units in a day are not believed");
    for (const { mean } of body.points) expect(mean).toBeLessThan(10);
    const store = await ask("horizon=4");
    expect(store).not.toHaveProperty("reason");
    for (const { mean, q975 } of store.points) {
      expect(mean).toBeLessThan(100);
      expect(q975).toBeLessThan(1000);
    }
  });
});
