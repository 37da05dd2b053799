import { expect, it } from "vitest";
import { createOnceForEach } from "./once-for-each.ts";

it("makes a value once for each object", () => {
  const onceFor = createOnceForEach<number>();
  let made = 0;
  const [one, other] = [{}, {}];
  const ask = (key: object): number => onceFor(key, () => ++made);
  expect([ask(one), ask(other), ask(one), ask(other)]).toEqual([1, 2, 1, 2]);
});
