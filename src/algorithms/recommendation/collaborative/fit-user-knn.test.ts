import { describe, expect, it } from "vitest";
import { createPlainEngine } from "../../kernels/plain-engine.ts";
import { buildIncidence } from "../../sparse/incidence.ts";
import { withUnitValues } from "../../sparse/sparse-matrix.ts";
import { fitUserKnn } from "./fit-user-knn.ts";
import { rankHistories } from "./rank-histories.ts";

/** Users 0 {0,1,2}, 1 {0,1,3}, 2 {2,4}, of five items. */
const TRAIN = withUnitValues(
  buildIncidence(Int32Array.from([0, 0, 0, 1, 1, 1, 2, 2]), Int32Array.from([0, 1, 2, 0, 1, 3, 2, 4]), 3, 5),
);
const HISTORY = withUnitValues(buildIncidence(Int32Array.from([0, 0]), Int32Array.from([0, 1]), 1, 5));

describe("fitUserKnn", () => {
  it("scores by the correlations of the users who have an item", () => {
    const engine = createPlainEngine();
    const top = rankHistories(engine, fitUserKnn(engine, TRAIN, { keep: 3, shrink: 0, userPower: 0 }), HISTORY, 2);
    // {0,1} and {0,1,2}: n 2, expected 2·3/5, spreads 2·3/5 and 3·2/5, so r = 0.8 / 1.2; the same with {0,1,3}.
    expect([...top.items]).toEqual([2, 3]);
    expect(top.scores[0]).toBeCloseTo(0.8 / 1.2, 5);
    expect(top.scores[1]).toBeCloseTo(0.8 / 1.2, 5);
  });

  it("shrinks by the number in common and damps users with many items", () => {
    const engine = createPlainEngine();
    const top = rankHistories(engine, fitUserKnn(engine, TRAIN, { keep: 3, shrink: 2, userPower: 1 }), HISTORY, 1);
    expect(top.scores[0]).toBeCloseTo(((0.8 / 1.2) * (2 / 4)) / 3, 5);
  });

  it("asks no more users than it may", () => {
    const engine = createPlainEngine();
    const top = rankHistories(engine, fitUserKnn(engine, TRAIN, { keep: 1, shrink: 0, userPower: 0 }), HISTORY, 5);
    expect([...top.scores].filter((score) => score > 0)).toHaveLength(1);
  });

  it("refuses settings that mean nothing", () => {
    const engine = createPlainEngine();
    expect(() => fitUserKnn(engine, TRAIN, { keep: 0, shrink: 0, userPower: 0 })).toThrow(/keep/);
  });
});
