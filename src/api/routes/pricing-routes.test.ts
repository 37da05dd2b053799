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
      refusal: "too-few-periods",
      priceMinor: 100,
    });
  });

  it("refuses to price by it, but goes by an elasticity that is given", async () => {
    const ask = (payload: object) => fixture.app.inject({ method: "POST", url: "/v1/pricing/optimize", payload });
    const refused = await ask({ product: "P2", unitCostMinor: 60 });
    expect([refused.statusCode, refused.json().code]).toEqual([422, "PRICING_PRICE_NEVER_VARIED"]);
    const given = await ask({ product: "P2", unitCostMinor: 60, elasticity: -2 });
    // 60 · −2 / (1 − 2) = 120, within 70 to 130.
    expect(given.json().best).toMatchObject({ price: 120, bound: "none" });
  });

  it("names a field that is out of bounds", async () => {
    const payload = { product: "P2", unitCostMinor: -1 };
    const answer = await fixture.app.inject({ method: "POST", url: "/v1/pricing/optimize", payload });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors[0].pointer).toBe("/unitCostMinor");
  });
});
