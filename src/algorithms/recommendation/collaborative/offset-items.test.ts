import { describe, expect, it } from "vitest";
import { createPlainEngine } from "../../kernels/plain-engine.ts";
import { buildIncidence } from "../../sparse/incidence.ts";
import { withUnitValues } from "../../sparse/sparse-matrix.ts";
import { fitEase } from "./fit-ease.ts";
import { offsetItems } from "./offset-items.ts";
import { rankHistories } from "./rank-histories.ts";

const train = withUnitValues(
  buildIncidence(Int32Array.from([0, 0, 1, 1, 2, 2, 3]), Int32Array.from([0, 1, 0, 1, 2, 3, 4]), 4, 6),
);

describe("offsets of items", () => {
  const engine = createPlainEngine();
  const model = fitEase(engine, train, { ridgeRatio: 1, userPower: 0, itemPower: 0 });
  const scoresOf = (offsets: number[]): number[] => {
    const top = rankHistories(engine, offsetItems(engine, model, Float32Array.from(offsets)), train, 6);
    const scores: number[] = [];
    for (let at = 0; at < 6; at++) {
      const item = top.items[at] ?? -1;
      if (item >= 0) scores[item] = top.scores[at] ?? 0;
    }
    return scores;
  };

  it("add to standardised scores, for every history alike", () => {
    const plain = scoresOf([0, 0, 0, 0, 0, 0]);
    const moved = scoresOf([0, 0, 0.5, -1, 2, 0]);
    const added = [
      [2, 0.5],
      [3, -1],
      [4, 2],
      [5, 0],
    ] as const;
    for (const [item, offset] of added) expect(moved[item]).toBeCloseTo((plain[item] ?? 0) + offset, 5);
  });

  it("leave no change in the order where they are all zero, and none in the explanation", () => {
    const same = offsetItems(engine, model, new Float32Array(6));
    expect([...rankHistories(engine, same, train, 3).items]).toEqual([...rankHistories(engine, model, train, 3).items]);
    expect(same.explain?.([0], 1)).toEqual(model.explain?.([0], 1));
  });
});
