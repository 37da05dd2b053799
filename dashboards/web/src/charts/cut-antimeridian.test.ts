import { expect, test } from "vitest";

import { cutAtAntimeridian } from "./cut-antimeridian.ts";

test("land across 180° becomes one piece on each side", () => {
  const island = {
    type: "Polygon" as const,
    coordinates: [
      [
        [178, -1],
        [-178, -1],
        [-178, 1],
        [178, 1],
        [178, -1],
      ],
    ],
  };
  const pieces = cutAtAntimeridian(island).coordinates.map((polygon) => polygon[0]?.map(([x]) => x) ?? []);
  expect(pieces.map((xs) => [Math.min(...xs.map(Number)), Math.max(...xs.map(Number))])).toEqual([
    [-180, -178],
    [178, 180],
  ]);
});

test("land that stays on one side is left as it is", () => {
  const ring = [
    [0, 0],
    [10, 0],
    [10, 10],
    [0, 0],
  ];
  expect(cutAtAntimeridian({ type: "Polygon", coordinates: [ring] }).coordinates).toEqual([[ring]]);
});
