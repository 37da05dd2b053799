import * as fc from "fast-check";
import { expect, test } from "vitest";

import { classOf, findClassBounds, MAP_SHADES, shadeOf } from "./map-classes.ts";

test("one huge market does not push all others into one class", () => {
  const values = [2_038_482, 75_051, 68_756, 53_504, 47_694, 33_168, 13_558, 8_957, 6_536, 2_663];
  const bounds = findClassBounds(values);
  expect(bounds).toEqual([9_000, 33_000, 54_000, 75_000]);
  expect(values.map((value) => classOf(value, bounds))).toEqual([4, 4, 3, 2, 2, 2, 1, 0, 0, 0]);
});

test("bounds rise, and every value has a class with a shade", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 })), (values) => {
      const bounds = findClassBounds(values);
      expect(bounds).toEqual([...new Set(bounds)].toSorted((left, right) => left - right));
      for (const value of values) {
        const shade = shadeOf(classOf(value, bounds), bounds.length + 1);
        expect(shade).toBeGreaterThanOrEqual(0);
        expect(shade).toBeLessThan(MAP_SHADES);
      }
    }),
  );
});
