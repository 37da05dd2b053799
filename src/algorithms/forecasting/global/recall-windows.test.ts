import { expect, it } from "vitest";
import { openCase, type PoolShape } from "./origin-case.ts";
import { recallWindows } from "./recall-windows.ts";

const NAMES = 17;
const values = Float64Array.from({ length: 80 }, (_, t) => 50 + 10 * Math.sin((2 * Math.PI * t) / 4) + (t % 3));
const shape: PoolShape = {
  kind: "regular",
  period: 4,
  season: 4,
  featuredSeason: 4,
  horizon: 4,
  baseWeights: new Float64Array(NAMES).fill(1 / NAMES),
};

/** The first member alone, and a global model that weighs as much. */
const weights = new Float64Array(NAMES + 1);
weights[0] = 0.5;
weights[NAMES] = 0.5;

it("draws what came towards the members' forecast by as much as the whole forecast is nearer than theirs", () => {
  const known = openCase(values, 76, shape);
  const actual = known.members[0].map((value) => value + 6);
  const whole = { ...known, actual, mean: actual.map((value) => value - 2) };
  const older = openCase(values, 60, shape);
  const came = older.members[0].map((value) => value - 3);
  const [recalled] = recallWindows([{ ...older, actual: came }], [whole], weights, shape);
  recalled.mean.forEach((value, step) => {
    expect(value).toBeCloseTo(older.members[0][step], 9);
    expect(recalled.actual[step] - value).toBeCloseTo(-1, 9);
  });
  expect(recalled.scale).toBe(older.localScale);
});

it("recalls nothing where there is nothing older", () => {
  expect(recallWindows([], [], weights, shape)).toEqual([]);
});
