import { describe, expect, it } from "vitest";
import { hitRateAtK } from "./hit-rate-at-k.ts";
import { ndcgAtK } from "./ndcg-at-k.ts";
import { recallAtK } from "./recall-at-k.ts";
import { reciprocalRankAtK } from "./reciprocal-rank-at-k.ts";

// Ranking 7 3 9 1 with the relevant items 3, 1 and 5: hits at ranks 2 and 4.
const ranked = [7, 3, 9, 1];
const relevant = new Set([3, 1, 5]);

describe("ranking metrics", () => {
  it("recall counts hits over all that is relevant", () => {
    expect(recallAtK(ranked, relevant, 4)).toBeCloseTo(2 / 3, 12);
    expect(recallAtK(ranked, relevant, 1)).toBe(0);
    expect(recallAtK(ranked, relevant, 50)).toBeCloseTo(2 / 3, 12);
  });

  it("ndcg divides by the list an oracle would give", () => {
    const gain = 1 / Math.log2(3) + 1 / Math.log2(5);
    expect(ndcgAtK(ranked, relevant, 4)).toBeCloseTo(gain / (1 + 1 / Math.log2(3) + 1 / 2), 12);
    expect(ndcgAtK([3, 1], relevant, 2)).toBe(1);
  });

  it("hit rate and reciprocal rank look at the first hit", () => {
    expect(hitRateAtK(ranked, relevant, 1)).toBe(0);
    expect(hitRateAtK(ranked, relevant, 2)).toBe(1);
    expect(reciprocalRankAtK(ranked, relevant, 4)).toBe(1 / 2);
    expect(reciprocalRankAtK([], relevant, 4)).toBe(0);
  });
});
