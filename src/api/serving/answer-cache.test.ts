import { expect, test } from "vitest";
import { createAnswerCache } from "./answer-cache.ts";

function createCounter() {
  let calls = 0;
  return { make: async () => ++calls, count: () => calls };
}

test("an answer is made once, also when many ask at the same time", async () => {
  const cache = createAnswerCache<number>(2);
  const { make, count } = createCounter();
  expect(await Promise.all([cache.get("a", make), cache.get("a", make)])).toEqual([1, 1]);
  expect(await cache.get("a", make)).toBe(1);
  expect(count()).toBe(1);
});

test("the least recently asked gives way", async () => {
  const cache = createAnswerCache<number>(2);
  const { make } = createCounter();
  await cache.get("a", make);
  await cache.get("b", make);
  await cache.get("a", make);
  await cache.get("c", make);
  expect(await cache.get("a", make)).toBe(1);
  expect(await cache.get("b", make)).toBe(4);
});

test("a failure is not kept", async () => {
  const cache = createAnswerCache<number>(2);
  await expect(cache.get("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await cache.get("a", () => Promise.resolve(7))).toBe(7);
});
