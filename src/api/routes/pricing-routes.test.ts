import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApiFixture, type ApiFixture } from "../testing/api-fixture.ts";

let fixture: ApiFixture;
beforeAll(async () => {
  fixture = await openApiFixture(1);
});
afterAll(() => fixture.close());

describe("pricing", () => {
  // The small shop asks the same price for everything, all December: no elasticity can be learned from it.
  it("does not make up an elasticity where no price ever varied", async () => {
    const answer = await fixture.app.inject({ method: "GET", url: "/v1/pricing/elasticity?product=P2" });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      elasticity: null,
      basis: "none",
      drawnTo: null,
      link: "poisson",
      promotionLift: null,
      market: null,
      refusal: "too-few-periods",
      crossElasticity: null,
      crossRefusal: "category-unknown",
      priceMinor: 100,
      lowestPriceMinor: 100,
      highestPriceMinor: 100,
    });
    // Too little sold in any market to speak for itself: all together do.
    const inMarket = await fixture.app.inject({ method: "GET", url: "/v1/pricing/elasticity?product=P2&market=GB" });
    expect(inMarket.json()).toEqual(answer.json());
    const misspelt = await fixture.app.inject({ method: "GET", url: "/v1/pricing/elasticity?product=P2&market=gb" });
    expect(misspelt.statusCode).toBe(400);
  });

  it("refuses to price by it, but goes by an elasticity that is given", async () => {
    const ask = (payload: object) => fixture.app.inject({ method: "POST", url: "/v1/pricing/optimize", payload });
    const refused = await ask({ product: "P2", unitCostMinor: 60 });
    expect([refused.statusCode, refused.json().code]).toEqual([422, "PRICING_PRICE_NEVER_VARIED"]);
    const given = await ask({ product: "P2", unitCostMinor: 60, elasticity: -2 });
    // 60 · −2 / (1 − 2) = 120, within 70 to 130.
    expect(given.json().best).toMatchObject({ price: 120, bound: "none" });
  });

  it("finds where demand meets what suppliers could bring in time, and wants one account of supply", async () => {
    const ask = (payload: object) => fixture.app.inject({ method: "POST", url: "/v1/pricing/optimize", payload });
    const about = { product: "P2", unitCostMinor: 60, elasticity: -2 };
    const offer = (unitCostMinor: number, leadTimeDays: number) => ({ unitCostMinor, unitsPerWeek: 1e6, leadTimeDays });
    const prompt = await ask({ ...about, suppliers: [offer(90, 27), offer(120, 7)] });
    // The cheaper one brings more in its last day than is asked for.
    expect(prompt.json().equilibriumMinor).toBe(90);
    const late = await ask({ ...about, suppliers: [offer(90, 28), offer(120, 7)] });
    expect(late.json().equilibriumMinor).toBe(120);
    const never = await ask({ ...about, suppliers: [offer(90, 28)] });
    expect([never.statusCode, never.json().code]).toEqual([422, "ALGORITHM_INPUT_INVALID"]);
    const supply = { priceMinor: 100, units: 5, elasticity: 1 };
    const both = await ask({ ...about, supply, suppliers: [offer(90, 7)] });
    expect([both.statusCode, both.json().errors[0].pointer]).toEqual([400, "/suppliers"]);
    expect((await ask({ ...about, supply })).json().equilibriumMinor).toBeGreaterThan(0);
    expect((await ask(about)).json().equilibriumMinor).toBeNull();
  });

  it("says what another price and a promotion would do by an elasticity that is given", async () => {
    const ask = (payload: object) => fixture.app.inject({ method: "POST", url: "/v1/pricing/what-if", payload });
    const { now, changed } = (await ask({ product: "P2", discount: 0.2, unitCostMinor: 60, elasticity: -2 })).json();
    expect(changed.priceMinor).toBe(80);
    expect(changed.units.expected).toBeCloseTo(now.units.expected / 0.64, 9);
    expect(changed.marginMinor.expected).toBeCloseTo(changed.units.expected * 20, 6);
    const week = (await ask({ product: "P2", priceMinor: 80, days: 7, elasticity: -2 })).json();
    expect(week.changed.units.expected).toBeCloseTo(now.units.expected * (0.75 + 0.25 / 0.64), 9);
    expect(week.changed.marginMinor).toBeNull();
    const learned = await ask({ product: "P2", discount: 0.2, usePooled: true });
    expect([learned.statusCode, learned.json().code]).toEqual([422, "PRICING_PRICE_NEVER_VARIED"]);
  });

  it.each([
    [{ product: "P2", elasticity: -2 }, "/priceMinor"],
    [{ product: "P2", elasticity: -2, priceMinor: 80, discount: 0.2 }, "/discount"],
  ])("asks for a price or a discount, one of them", async (payload, pointer) => {
    const answer = await fixture.app.inject({ method: "POST", url: "/v1/pricing/what-if", payload });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors[0].pointer).toBe(pointer);
  });

  it("names a field that is out of bounds", async () => {
    const payload = { product: "P2", unitCostMinor: -1 };
    const answer = await fixture.app.inject({ method: "POST", url: "/v1/pricing/optimize", payload });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors[0].pointer).toBe("/unitCostMinor");
  });
});
