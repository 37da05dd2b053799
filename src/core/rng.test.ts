import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createRng, shuffle } from "./rng.ts";

test("the same seed gives the same numbers, another seed others", () => {
  const draw = (seed: number): number[] => {
    const rng = createRng(seed);
    return Array.from({ length: 5 }, () => rng.next());
  };
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test("numbers stay within their bounds", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 1000 }), (seed, bound) => {
      const rng = createRng(seed);
      const uniform = rng.next();
      const integer = rng.nextInt(bound);
      expect(uniform >= 0 && uniform < 1).toBe(true);
      expect(Number.isInteger(integer) && integer >= 0 && integer < bound).toBe(true);
    }),
  );
});

test("draws are uniform: mean and variance of 100,000", () => {
  const rng = createRng(1);
  const n = 100_000;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const value = rng.next();
    sum += value;
    squares += value * value;
  }
  const mean = sum / n;
  expect(mean).toBeCloseTo(0.5, 2);
  expect(squares / n - mean * mean).toBeCloseTo(1 / 12, 2);
});

test("a shuffle keeps every element, and all orders of three come alike", () => {
  const rng = createRng(1);
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const list = ["a", "b", "c"];
    shuffle(list, rng);
    const order = list.join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect([...counts.keys()].toSorted()).toEqual(["abc", "acb", "bac", "bca", "cab", "cba"]);
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
});
