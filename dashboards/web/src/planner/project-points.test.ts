import { expect, test } from "vitest";

import { drawCostCurve } from "./draw-cost-curve.ts";
import { formatClock, formatMetres, formatSpan } from "./format-amounts.ts";
import { chooseScaleBar, fitPoints } from "./project-points.ts";

test("points fit the box, north up, true to scale along both axes", () => {
  const corners = [
    [4.8, 52.3],
    [5, 52.4],
  ] as const;
  const projection = fitPoints(corners, 400, 300);
  const [x1 = 0, y1 = 0] = projection?.toPixels(corners[0]) ?? [];
  const [x2 = 0, y2 = 0] = projection?.toPixels(corners[1]) ?? [];
  expect(Math.min(x1, x2, y1, y2)).toBeGreaterThanOrEqual(0);
  expect([x2 > x1 && x2 <= 400, y1 > y2 && y1 <= 300]).toEqual([true, true]);
  // 0.2° of longitude at 52.35° and 0.1° of latitude, in metres of a sphere of 6371 km.
  expect((x2 - x1) * (projection?.metresPerPixel ?? 0)).toBeCloseTo(
    0.2 * 111_195 * Math.cos((52.35 * Math.PI) / 180),
    0,
  );
  expect((y1 - y2) * (projection?.metresPerPixel ?? 0)).toBeCloseTo(11_119.5, 0);
});

test("one place is a map too, none is not", () => {
  expect(fitPoints([[0, 0]], 200, 100)?.toPixels([0, 0])).toEqual([100, 50]);
  expect(fitPoints([], 200, 100)).toBeUndefined();
});

test.each([
  [10, 100, 1000],
  [7, 100, 500],
  [0.3, 100, 20],
])("at %d m a pixel the bar within %d pixels is %d m", (metresPerPixel, pixels, bar) => {
  expect(chooseScaleBar(metresPerPixel, pixels)).toBe(bar);
});

test("the cost curve is stairs over the plans that leave out least", () => {
  const found = [
    { elapsedMs: 0, cost: 10, unassigned: 3 },
    { elapsedMs: 250, cost: 30, unassigned: 0 },
    { elapsedMs: 500, cost: 20, unassigned: 0 },
  ];
  expect(drawCostCurve(found, 1000, 100, 48)).toBe("M25.0 4.0H50.0V44.0H100");
});

test("times, spans and lengths read as people write them", () => {
  expect([formatClock(34_200, "en"), formatClock(90_000, "en")]).toEqual(["09:30", "+1 01:00"]);
  expect(formatClock(1_767_225_600, "en")).toBe("01/01/2026, 00:00");
  expect([formatSpan(45, "en"), formatSpan(900, "en"), formatSpan(11_100, "en")]).toEqual([
    "45 secs",
    "15 mins",
    "3 hrs 05",
  ]);
  expect([formatMetres(850, "en"), formatMetres(12_340, "en")]).toEqual(["850 m", "12.3 km"]);
});
