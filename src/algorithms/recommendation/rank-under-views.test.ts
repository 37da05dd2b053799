import { describe, expect, it } from "vitest";
import { createPlainEngine } from "../kernels/plain-engine.ts";
import { buildIncidence } from "../sparse/incidence.ts";
import { withUnitValues } from "../sparse/sparse-matrix.ts";
import { fitEase } from "./collaborative/fit-ease.ts";
import { rankHistories } from "./collaborative/rank-histories.ts";
import { rankUnderViews, type RankingView } from "./rank-under-views.ts";

const ITEMS = 8;
const train = withUnitValues(
  buildIncidence(Int32Array.from([0, 0, 1, 1, 2, 2, 3]), Int32Array.from([0, 1, 0, 1, 2, 3, 4]), 4, ITEMS),
);
const nothing = { ...train, rowPtr: new Int32Array(5), colIdx: new Int32Array(0) };
const allOpen = new Uint8Array(ITEMS).fill(1);

describe("rankings under views", () => {
  const engine = createPlainEngine();
  const model = fitEase(engine, train, { ridgeRatio: 1, userPower: 0, itemPower: 0 });
  const rank = (...views: RankingView[]) => rankUnderViews(engine, model, train, views, ITEMS);
  /** Scores of the first history by item. */
  const scoresUnder = (offsets?: number[]): number[] => {
    const closed = { perRow: nothing, isOpen: allOpen };
    const [top] = rank({ closed, offsets: offsets === undefined ? undefined : Float32Array.from(offsets) });
    return Array.from({ length: ITEMS }, (_, item) => top.scores[top.items.subarray(0, ITEMS).indexOf(item)] ?? NaN);
  };

  it("are those of the standardised scores where nothing but the history is closed", () => {
    const [top] = rank({ closed: { perRow: train, isOpen: allOpen } });
    expect(top).toEqual(rankHistories(engine, model, train, ITEMS, true));
  });

  it("add offsets to standardised scores for every history alike, and standardise the sums", () => {
    const offsets = [0, 0, 0.5, -1, 2, 0, 0, 1];
    const sums = scoresUnder().map((score, item) => score + (offsets[item] ?? 0));
    const mean = sums.reduce((sum, score) => sum + score, 0) / ITEMS;
    const deviation = Math.sqrt(sums.reduce((sum, score) => sum + (score - mean) ** 2, 0) / ITEMS);
    scoresUnder(offsets).forEach((score, item) => {
      expect(score).toBeCloseTo(((sums[item] ?? 0) - mean) / deviation, 5);
    });
  });

  it("hold no closed item, and the same in any company", () => {
    const half = { perRow: train, isOpen: Uint8Array.of(1, 0, 1, 0, 1, 0, 1, 0) };
    const views = [
      { closed: half, offsets: Float32Array.from({ length: ITEMS }, (_, item) => item) },
      { closed: half },
      { closed: { perRow: nothing, isOpen: allOpen } },
    ];
    const together = rank(...views);
    expect(together).toEqual(views.flatMap((view) => rank(view)));
    expect([...together[1].items].every((item) => item < 0 || half.isOpen[item] === 1)).toBe(true);
    expect([...together[1].items.subarray(0, ITEMS)].filter((item) => item >= 0).sort((a, b) => a - b)).toEqual([
      2, 4, 6,
    ]);
  });
});
