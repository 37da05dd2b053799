import { afterAll, beforeAll, expect, it } from "vitest";
import { binFeatures } from "../../../algorithms/forecasting/boosting/bin-features.ts";
import {
  BOOSTING_DEFAULTS,
  type BoostingParams,
  fitBoosting,
} from "../../../algorithms/forecasting/boosting/fit-boosting.ts";
import { createRng } from "../../../core/rng.ts";
import { type OpenBoostingCrew, openBoostingCrew } from "./open-boosting-crew.ts";

const ROWS = 6000;
const rng = createRng(5);
const columns = Array.from({ length: 6 }, (_, feature) =>
  Float64Array.from({ length: ROWS }, () =>
    feature === 5 ? rng.nextInt(12) : rng.next() < 0.05 ? Number.NaN : Math.round(40 * rng.next()),
  ),
);
const target = Float64Array.from({ length: ROWS }, (_, row) => {
  const at = (feature: number): number => columns[feature]?.[row] ?? 0;
  return 40 + (at(0) || 9) * Math.sin((at(1) || 3) / 9) + (at(5) % 3) * 7 + 5 * rng.next();
});
const weight = Float64Array.from({ length: ROWS }, () => 0.5 + rng.next());
const table = binFeatures(columns, 32, [5]);

const SHORT: BoostingParams = { ...BOOSTING_DEFAULTS, rounds: 12 };
const PLANS: readonly (readonly [string, BoostingParams])[] = [
  ["squared loss on all rows", SHORT],
  ["samples of rows and features", { ...SHORT, rowShare: 0.5, featureShare: 0.5 }],
  ["quantile loss", { ...SHORT, rowShare: 0.7, loss: { name: "quantile", level: 0.5 } }],
  ["Tweedie loss and a monotone feature", { ...SHORT, loss: { name: "tweedie", power: 1.4 }, monotone: [1] }],
];

const crews: OpenBoostingCrew[] = [];
beforeAll(async () => {
  crews.push(await openBoostingCrew(2), await openBoostingCrew(3));
}, 60_000);
afterAll(async () => {
  await Promise.all(crews.map((crew) => crew.close()));
});

it.for(PLANS)("grows the same forest with one, two and three threads: %s", { timeout: 60_000 }, ([, params]) => {
  const alone = fitBoosting(table, target, weight, params, createRng(1));
  expect(alone.roots).toHaveLength(params.rounds);
  for (const crew of crews) {
    expect(fitBoosting(table, target, weight, params, createRng(1), undefined, crew)).toEqual(alone);
  }
});

it("cuts the same bins with one, two and three threads", { timeout: 60_000 }, () => {
  for (const crew of crews) expect(binFeatures(columns, 32, [5], crew)).toEqual(table);
});

it("stops early at the same tree", { timeout: 60_000 }, () => {
  const stopping = { table, target: target.map((value, row) => value + (row % 7)), patience: 3 };
  const params = { ...BOOSTING_DEFAULTS, rounds: 40, learningRate: 0.5 };
  const alone = fitBoosting(table, target, weight, params, createRng(1), stopping);
  expect(fitBoosting(table, target, weight, params, createRng(1), stopping, crews[0])).toEqual(alone);
});
