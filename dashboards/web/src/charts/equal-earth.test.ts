import * as fc from "fast-check";
import { expect, test } from "vitest";

import { project, unproject } from "./equal-earth.ts";

test("the world is 2.05458 times as wide as high, as the paper states", () => {
  expect(project([180, 0])[0] / -project([0, 90])[1]).toBeCloseTo(2.05458, 5);
});

test("what is projected is found again", () => {
  const longitude = fc.double({ min: -180, max: 180, noNaN: true });
  const latitude = fc.double({ min: -89, max: 89, noNaN: true });
  fc.assert(
    fc.property(longitude, latitude, (x, y) => {
      const [foundX, foundY] = unproject(project([x, y]));
      expect(foundX).toBeCloseTo(x, 6);
      expect(foundY).toBeCloseTo(y, 6);
    }),
  );
});
