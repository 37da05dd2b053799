import { expect, test } from "vitest";

import { readQuestion, toCall, writeQuestion } from "./shelf-request.ts";

test("an address says what is asked, and a question writes the same address", () => {
  const params = new URLSearchParams("for=customer&id=17850&market=DE&a.diversity=0.5&b.excludePurchased=false");
  const question = readQuestion(params);
  expect(question).toEqual({
    subject: "customer",
    id: "17850",
    market: "DE",
    sides: { a: { diversity: "0.5" }, b: { excludePurchased: "false" } },
  });
  expect(writeQuestion(question).toString()).toBe(params.toString());
});

test("what makes no sense counts as not said", () => {
  const question = readQuestion(new URLSearchParams("for=moon&market=Germany&a.diversity=much"));
  expect(question).toEqual({ subject: "popular", id: "", market: "", sides: { a: {}, b: {} } });
});

test("each side is its own call", () => {
  const question = readQuestion(
    new URLSearchParams("for=customer&id=a/b&market=de&a.diversity=0.5&b.excludePurchased=false"),
  );
  expect(toCall(question, "a")?.path).toBe(
    "/v1/recommendations/customers/a%2Fb?n=10&explain=true&market=DE&diversity=0.5",
  );
  expect(toCall(question, "b")?.path).toBe(
    "/v1/recommendations/customers/a%2Fb?n=10&explain=true&market=DE&excludePurchased=false",
  );
});

test("weights go with every list, days after which goods come again with a customer's only", () => {
  const ask = (subject: string) =>
    readQuestion(new URLSearchParams(`for=${subject}&id=x&a.deliveryWeight=0.5&a.coolDownDays=30&b.coolDownDays=soon`));
  expect(toCall(ask("customer"), "a")?.path).toContain("&deliveryWeight=0.5&coolDownDays=30");
  expect(toCall(ask("customer"), "b")?.path).not.toContain("coolDownDays");
  expect(toCall(ask("item"), "a")?.path).toMatch(/&deliveryWeight=0\.5$/);
});

test("a model is asked of the lists that have one", () => {
  const ask = (subject: string) =>
    readQuestion(new URLSearchParams(`for=${subject}&id=x&a.model=collaborative&b.model=popular`));
  expect(toCall(ask("customer"), "a")?.path).toContain("&model=collaborative");
  expect(toCall(ask("item"), "a")?.path).toContain("&model=collaborative");
  expect(toCall(ask("item"), "b")?.path).toContain("&model=popular");
  expect(toCall(ask("basket"), "b")?.body).not.toHaveProperty("model");
});

test("a basket is a body of its items, each once; without any there is nothing to ask", () => {
  const question = readQuestion(new URLSearchParams("for=basket&id=22423,%2085123A,22423,&a.categoriesAny=Toys,Home"));
  expect(toCall(question, "a")).toEqual({
    path: "/v1/recommendations/basket",
    body: { n: 10, explain: true, categoriesAny: ["Toys", "Home"], items: ["22423", "85123A"] },
  });
  expect(toCall(readQuestion(new URLSearchParams("for=basket")), "a")).toBeUndefined();
  expect(toCall(readQuestion(new URLSearchParams("for=item")), "a")).toBeUndefined();
});
