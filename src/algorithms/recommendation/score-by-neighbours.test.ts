import { describe, expect, it } from "vitest";
import type { ItemNeighbours } from "./item-neighbours.ts";
import { createNeighbourScorer } from "./score-by-neighbours.ts";

// Neighbours of 0: 2 (0.5, 7 baskets) and 3 (0.25, 4); of 1: 2 (0.25, 3) and 0 (1, 9); of 2 and 3: none.
const neighbours: ItemNeighbours = {
  itemCount: 4,
  rowPtr: Int32Array.of(0, 2, 4, 4, 4),
  neighbour: Int32Array.of(2, 3, 0, 2),
  score: Float32Array.of(0.5, 0.25, 1, 0.25),
  support: Int32Array.of(7, 4, 9, 3),
};

describe("createNeighbourScorer", () => {
  it("sums similarities, leaves out what was given and says which item spoke loudest", () => {
    const scored = createNeighbourScorer(neighbours)([1, 0], 10);
    expect([...scored.items]).toEqual([2, 3]);
    expect([...scored.scores]).toEqual([0.75, 0.25]);
    expect([...scored.because]).toEqual([0, 0]);
    expect([...scored.becauseSupport]).toEqual([7, 4]);
  });

  it("weighs given items", () => {
    const scored = createNeighbourScorer(neighbours)([0, 1], 1, [0.1, 1]);
    expect([...scored.items]).toEqual([2]);
    expect(scored.scores[0]).toBeCloseTo(0.3, 12);
    expect([...scored.because]).toEqual([1]);
  });

  it("keeps nothing between calls", () => {
    const score = createNeighbourScorer(neighbours);
    const first = score([0], 10);
    score([1], 10);
    expect(score([0], 10)).toEqual(first);
    expect(score([], 10).items.length).toBe(0);
  });
});
