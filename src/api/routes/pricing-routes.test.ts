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
    expect(answer.statusCode).toBe(404);
    expect(answer.json().code).toBe("PRICING_PRODUCT_UNKNOWN");
  });

  it("names a field that is out of bounds", async () => {
    const payload = { product: "P2", unitCostMinor: -1 };
    const answer = await fixture.app.inject({ method: "POST", url: "/v1/pricing/optimize", payload });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors[0].pointer).toBe("/unitCostMinor");
  });
});
